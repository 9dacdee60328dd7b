package dev.trackerd.server.store;

import java.time.Instant;

/**
 * What event trackers belong to.
 *
 * @param content what its owner decided
 * @param createdAt when it was made, to the millisecond
 */
public record StoredDatasetGroup(DatasetGroupContent content, Instant createdAt) {}
