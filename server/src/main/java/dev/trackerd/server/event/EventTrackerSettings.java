package dev.trackerd.server.event;

/**
 * What an operator may choose of event trackers, as far as callers are told.
 *
 * @param region the region in ARNs and in the scope of signatures, such as {@code us-east-1}
 * @param maxPerAccount as the store has it; 0 means no limit
 */
public record EventTrackerSettings(String region, int maxPerAccount) {}
