package dev.trackerd.server.store;

import java.time.Instant;
import java.util.List;

/**
 * What the events of a dataset group go into. A group has one of each type.
 *
 * @param datasetGroup the name of its group
 * @param type such as {@link #EVENT_INTERACTIONS}
 * @param tags its labels
 * @param createdAt when it was made, to the millisecond
 */
public record StoredDataset(
    String datasetGroup, String type, List<StoredTag> tags, Instant createdAt) {
  /** The type that is made with the first event tracker of a group, and outlives it. */
  public static final String EVENT_INTERACTIONS = "EVENT_INTERACTIONS";

  /** Copies the list. */
  public StoredDataset {
    tags = List.copyOf(tags);
  }
}
