package dev.trackerd.server.store;

/**
 * A tracker as it stood when the store was asked.
 *
 * @param id 16 decimal digits, below 2^53; a later tracker of the same server process has a greater
 *     id
 * @param version 1 for a new tracker; grows by 1 with each change
 * @param content what its owner decided
 */
public record StoredTracker(long id, long version, TrackerContent content) {}
