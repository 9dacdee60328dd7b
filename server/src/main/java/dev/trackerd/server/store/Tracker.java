package dev.trackerd.server.store;

/**
 * A stored tracker.
 *
 * @param id 16 decimal digits, below 2^53; a later tracker of the same server process has a greater
 *     id
 * @param content what its owner decided
 */
public record Tracker(long id, TrackerContent content) {}
