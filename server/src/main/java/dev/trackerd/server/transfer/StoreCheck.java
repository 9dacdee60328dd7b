package dev.trackerd.server.transfer;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.StoreContents;
import dev.trackerd.server.store.StoreContents.Scope;
import dev.trackerd.server.store.StoreEntry;
import dev.trackerd.server.store.StoreEntry.KeyEntry;
import dev.trackerd.server.store.StoreEntry.Marks;
import dev.trackerd.server.store.StoreEntry.Placed;
import dev.trackerd.server.store.StoreException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks a whole store through: its structure, and that each thing in it is whole and such that it
 * could be stored today.
 */
public final class StoreCheck implements StoreContents.Reader {
  private final Consumer<String> faults;
  private final Function<ApiKey, Optional<String>> keyFault;
  private final TransferProgress progress;
  private final EntryCounts counts = new EntryCounts();
  private Optional<Marks> marks = Optional.empty();

  private StoreCheck(
      Consumer<String> faults,
      Function<ApiKey, Optional<String>> keyFault,
      TransferProgress progress) {
    this.faults = faults;
    this.keyFault = keyFault;
    this.progress = progress;
  }

  /**
   * Reads everything, in memory a page at a time.
   *
   * @param faults is told of each fault, a line each
   * @param keyFault says what is wrong with a key, if anything
   * @return what is there, damaged things not counted
   */
  public static EntryCounts run(
      StoreContents contents,
      Consumer<String> faults,
      Function<ApiKey, Optional<String>> keyFault,
      TransferProgress progress) {
    StoreCheck check = new StoreCheck(faults, keyFault, progress);
    try {
      contents.faults().forEach(faults);
      contents.read(Scope.ALL, check);
    } catch (StoreException e) {
      // Damage that the database stumbles over.
      faults.accept("not everything can be read: " + e.getMessage());
    }
    return check.counts;
  }

  @Override
  public void expect(long trackers) {
    progress.expect(trackers);
  }

  @Override
  public void entry(StoreEntry entry) {
    counts.add(entry);
    progress.at(counts.trackers(), counts.total());
    if (entry instanceof Marks found) {
      marks = Optional.of(found);
    }
    if (entry instanceof Placed placed) {
      checkPlace(placed);
    }
    if (entry instanceof KeyEntry key) {
      keyFault
          .apply(key.key())
          .ifPresent(fault -> faults.accept(EntryNames.of(entry) + ": " + fault));
    }
    checkContent(entry);
  }

  @Override
  public void damaged(String what) {
    faults.accept(what);
  }

  /** What could not be moved to another store is not as it was stored. */
  private void checkContent(StoreEntry entry) {
    try {
      if (!LineEntries.of(EntryLines.of(entry)).equals(entry)) {
        faults.accept(EntryNames.of(entry) + ": its parts do not fit together");
      }
    } catch (TransferException e) {
      faults.accept(EntryNames.of(entry) + ": " + e.getMessage());
    }
  }

  private void checkPlace(Placed entry) {
    long place = entry.place();
    OptionalLong last = lastPlace(entry.account());
    if (last.isEmpty()) {
      faults.accept(
          EntryNames.of(entry)
              + ": it has place "
              + place
              + ", and the account no mark of its last place");
    } else if (place > last.getAsLong()) {
      faults.accept(
          EntryNames.of(entry)
              + ": it has place "
              + place
              + ", above the account's mark of its last place, "
              + last.getAsLong());
    }
  }

  private OptionalLong lastPlace(AccountId account) {
    return marks
        .filter(found -> found.account().equals(account))
        .map(Marks::place)
        .orElse(OptionalLong.empty());
  }
}
