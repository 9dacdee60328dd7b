package dev.trackerd.server.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Values;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.WriterLoad;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import dev.trackerd.v1.PatchOperation;
import dev.trackerd.v1.Tracker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the largest patch of the largest tracker costs all others, who wait for the one writer. */
class PatchLoadTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final int PHRASES = 100_000;

  @TempDir Path directory;

  @Test
  void patch_isComputedByItsCallerAndCostsTheWriterOneRow() {
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited())) {
      TrackerStore trackers = stores.trackers();
      StoredTracker stored = trackers.create(ACCOUNT, Trackers.toContent(largest()));
      TrackerPatch patch = TrackerPatch.of(operations());
      Set<Thread> threads = new HashSet<>();

      WriterLoad before = stores.load();
      StoredTracker patched =
          trackers.update(
              ACCOUNT,
              stored.id(),
              content -> {
                threads.add(Thread.currentThread());
                return Trackers.toContent(patch.apply(Trackers.toMessage(content)));
              });
      WriterLoad after = stores.load();

      assertThat(threads).containsExactly(Thread.currentThread());
      assertThat(after.changes() - before.changes()).isEqualTo(1);
      assertThat(after.nanoseconds() - before.nanoseconds()).isBetween(1L, 100_000_000L);
      assertThat(Trackers.toMessage(patched).getVocabularyList())
          .hasSize(PHRASES)
          .startsWith("first 999", "first 997")
          .endsWith(phrase(PHRASES - 2));
    }
  }

  /** Of as many phrases as a list may have, and nearly as many bytes as a tracker may have. */
  private static Tracker largest() {
    Tracker.Builder tracker = Tracker.newBuilder().setName("largest");
    for (int i = 0; i < PHRASES; i++) {
      tracker.addVocabulary(phrase(i));
    }
    Tracker largest = tracker.build();
    assertThat(largest.getSerializedSize()).isBetween(2_900_000, TrackerChecks.MAX_TRACKER_BYTES);
    return largest;
  }

  private static List<PatchOperation> operations() {
    List<PatchOperation> operations = new ArrayList<>();
    for (int i = 0; i < TrackerPatch.MAX_OPERATIONS; i += 2) {
      PatchOperation.Builder removal = PatchOperation.newBuilder().setOp("remove");
      operations.add(
          removal.setPath("/vocabulary").setValue(Values.of(phrase(PHRASES - 1 - i))).build());
      PatchOperation.Builder addition = PatchOperation.newBuilder().setOp("add");
      operations.add(
          addition.setPath("/vocabulary/0").setValue(Values.of("first " + (i + 1))).build());
    }
    return operations;
  }

  private static String phrase(int i) {
    return String.format("a phrase of some length %05d", i);
  }
}
