package dev.trackerd.server.transfer;

import dev.trackerd.server.store.StoreContents;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Entries on their way into a store, some hundred in a transaction. Not thread-safe. */
final class ImportBatch {
  /** So that a transaction takes some hundredths of a second. */
  private static final int MAX_ENTRIES = 500;

  private static final int MAX_BYTES = 1 << 20;

  private final StoreContents contents;
  private final Consumer<String> conflicts;
  private final EntryCounts added = new EntryCounts();
  private final EntryCounts present = new EntryCounts();
  private final List<StoreEntry> entries = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();
  private long bytes;
  private long refused;

  /**
   * An empty batch.
   *
   * @param conflicts is told of each entry that can't be added, a line each
   */
  ImportBatch(StoreContents contents, Consumer<String> conflicts) {
    this.contents = contents;
    this.conflicts = conflicts;
  }

  /**
   * Takes an entry.
   *
   * @param line the number of its line
   * @param size how long that is
   */
  void add(StoreEntry entry, long line, int size) {
    entries.add(entry);
    lines.add(line);
    bytes += size;
    if (entries.size() == MAX_ENTRIES || bytes >= MAX_BYTES) {
      flush();
    }
  }

  /** Adds what has come so far to the store. */
  void flush() {
    if (entries.isEmpty()) {
      return;
    }
    List<Addition> additions = contents.add(List.copyOf(entries));
    for (int i = 0; i < additions.size(); i++) {
      count(additions.get(i), entries.get(i), lines.get(i));
    }
    entries.clear();
    lines.clear();
    bytes = 0;
  }

  private void count(Addition addition, StoreEntry entry, long line) {
    switch (addition) {
      case ADDED -> added.add(entry);
      case PRESENT -> present.add(entry);
      case DIFFERENT, NAME_TAKEN, PLACE_TAKEN, NO_GROUP -> {
        refused++;
        conflicts.accept(
            "line " + line + ": " + EntryNames.of(entry) + ": " + EntryNames.reason(addition));
      }
    }
  }

  /** The number of the first line that is not in the store yet, if {@code next} comes next. */
  long firstOpen(long next) {
    return lines.isEmpty() ? next : lines.get(0);
  }

  ImportResult result() {
    return new ImportResult(added, present, refused);
  }
}
