package dev.trackerd.server.store;

import java.time.Instant;

/**
 * An event tracker as it stood when the store was asked.
 *
 * @param id 8 lower-case hexadecimal digits, chosen at random
 * @param content what its owner decided
 * @param trackingId names it to those who send events: a UUID in lower case, with hyphens
 * @param status where it stood
 * @param createdAt when it was made, to the millisecond
 * @param updatedAt when {@code status} began, to the millisecond
 */
public record StoredEventTracker(
    String id,
    EventTrackerContent content,
    String trackingId,
    EventTrackerStatus status,
    Instant createdAt,
    Instant updatedAt) {}
