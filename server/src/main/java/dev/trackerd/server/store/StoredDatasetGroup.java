package dev.trackerd.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What event trackers belong to.
 *
 * @param name unique in the account, compared by the bytes of its UTF-8
 * @param domain what its owner made it for, if they said
 * @param createdAt when it was made, to the millisecond
 */
public record StoredDatasetGroup(String name, Optional<String> domain, Instant createdAt) {}
