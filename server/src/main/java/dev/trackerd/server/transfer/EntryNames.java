package dev.trackerd.server.transfer;

import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreEntry;
import dev.trackerd.server.store.StoreEntry.DatasetEntry;
import dev.trackerd.server.store.StoreEntry.DatasetGroupEntry;
import dev.trackerd.server.store.StoreEntry.EventTrackerEntry;
import dev.trackerd.server.store.StoreEntry.KeyEntry;
import dev.trackerd.server.store.StoreEntry.TrackerEntry;

/** How entries, and what became of them, are told to the operator. */
final class EntryNames {
  private EntryNames() {}

  /** Names an entry by its account and its id; never by a phrase. */
  static String of(StoreEntry entry) {
    return "account " + entry.account() + ": " + thing(entry);
  }

  private static String thing(StoreEntry entry) {
    if (entry instanceof TrackerEntry tracker) {
      return "tracker " + tracker.tracker().id();
    }
    if (entry instanceof DatasetGroupEntry group) {
      return "dataset group " + group.group().content().name();
    }
    if (entry instanceof DatasetEntry dataset) {
      return "dataset " + dataset.dataset().datasetGroup() + "/" + dataset.dataset().type();
    }
    if (entry instanceof EventTrackerEntry tracker) {
      return "event tracker " + tracker.tracker().id();
    }
    return entry instanceof KeyEntry key ? "key " + key.key().id() : "marks";
  }

  /** Says why an entry was not added. */
  static String reason(Addition addition) {
    return switch (addition) {
      case ADDED -> "added";
      case PRESENT -> "there already";
      case DIFFERENT -> "the store holds it with other content, which stays";
      case NAME_TAKEN -> "the store holds another of its name or in its dataset group, which stays";
      case PLACE_TAKEN -> "the store holds something else in its place, which stays";
      case NO_GROUP -> "the store has no such dataset group";
    };
  }
}
