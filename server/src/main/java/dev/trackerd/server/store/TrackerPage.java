package dev.trackerd.server.store;

import java.util.List;

/**
 * A stretch of an account's trackers, by ascending id.
 *
 * @param trackers never more than was asked for
 * @param more whether trackers with greater ids follow
 */
public record TrackerPage(List<StoredTracker> trackers, boolean more) {

  /** Copies the list. */
  public TrackerPage {
    trackers = List.copyOf(trackers);
  }
}
