package dev.trackerd.server.store;

import java.util.List;

/**
 * All of an event tracker that its owner decides.
 *
 * @param name need not be unique
 * @param datasetGroup the name of the dataset group whose events it takes
 * @param tags its labels
 */
public record EventTrackerContent(String name, String datasetGroup, List<StoredTag> tags) {

  /** Copies the list. */
  public EventTrackerContent {
    tags = List.copyOf(tags);
  }
}
