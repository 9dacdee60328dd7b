package dev.trackerd.server.store;

/** A label of a resource, kept as sent. */
public record StoredTag(String key, String value) {}
