package dev.trackerd.server.transfer;

import dev.trackerd.server.store.StoreEntry;
import dev.trackerd.server.store.StoreEntry.DatasetEntry;
import dev.trackerd.server.store.StoreEntry.DatasetGroupEntry;
import dev.trackerd.server.store.StoreEntry.EventTrackerEntry;
import dev.trackerd.server.store.StoreEntry.KeyEntry;
import dev.trackerd.server.store.StoreEntry.TrackerEntry;
import dev.trackerd.v1.ExportEnd;

/** How many entries of each kind there were. Marks are not counted. Not thread-safe. */
public final class EntryCounts {
  private long datasetGroups;
  private long datasets;
  private long eventTrackers;
  private long trackers;
  private long keys;

  void add(StoreEntry entry) {
    if (entry instanceof TrackerEntry) {
      trackers++;
    } else if (entry instanceof DatasetGroupEntry) {
      datasetGroups++;
    } else if (entry instanceof DatasetEntry) {
      datasets++;
    } else if (entry instanceof EventTrackerEntry) {
      eventTrackers++;
    } else if (entry instanceof KeyEntry) {
      keys++;
    }
  }

  /** All together. */
  public long total() {
    return datasetGroups + datasets + eventTrackers + trackers + keys;
  }

  long trackers() {
    return trackers;
  }

  /** API keys. */
  public long keys() {
    return keys;
  }

  ExportEnd toMessage() {
    return ExportEnd.newBuilder()
        .setDatasetGroups(datasetGroups)
        .setDatasets(datasets)
        .setEventTrackers(eventTrackers)
        .setTrackers(trackers)
        .setKeys(keys)
        .build();
  }

  /** For people: {@code trackers 3, event trackers 0, …}. */
  @Override
  public String toString() {
    return "trackers %d, event trackers %d, dataset groups %d, datasets %d, keys %d"
        .formatted(trackers, eventTrackers, datasetGroups, datasets, keys);
  }
}
