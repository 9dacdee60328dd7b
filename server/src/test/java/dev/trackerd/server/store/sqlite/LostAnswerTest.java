package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.sql.StoreContract.ANNA;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static dev.trackerd.server.store.sql.StoreContract.named;
import static dev.trackerd.server.store.sql.StoreContract.walk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.TrackerKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change whose caller can't know whether it was made, and who asks again under its key. */
class LostAnswerTest {
  private static final IdempotencyKey KEY = new IdempotencyKey("k", new byte[32]);
  private static final Idempotency<StoredTracker> ONCE =
      Idempotency.of(Optional.of(KEY), made -> new byte[] {7});

  @TempDir Path directory;

  /** Fails once, before the commit or after it. */
  private static final class Failing implements RowCopies {
    private boolean before;
    private boolean after;

    @Override
    public Optional<StoredTracker> find(TrackerKey key) {
      return Optional.empty();
    }

    @Override
    public long ticket(TrackerKey key) {
      return 0;
    }

    @Override
    public void keep(TrackerKey key, StoredTracker row, long ticket) {}

    @Override
    public void changing(List<TrackerKey> keys) {
      if (before) {
        before = false;
        throw new IllegalStateException("before the commit");
      }
    }

    @Override
    public void changed(List<TrackerKey> keys) {
      if (after) {
        after = false;
        throw new IllegalStateException("after the commit");
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void change_thatWasCommitted_isNotMadeAgain() {
    Failing copies = new Failing();
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited(), copies)) {
      copies.after = true;
      assertRefused(Reason.UNAVAILABLE, () -> stores.trackers().create(ANNA, named("a"), ONCE));

      assertThat(stores.idempotency().find(ANNA, KEY)).contains(new byte[] {7});
      assertRefused(Reason.IN_USE, () -> stores.trackers().create(ANNA, named("a"), ONCE));
      assertThat(walk(stores.trackers(), ANNA, 10)).hasSize(1);
    }
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited())) {
      assertThat(stores.idempotency().find(ANNA, KEY)).contains(new byte[] {7});
    }
  }

  @Test
  void change_thatWasUndone_isMadeNow() {
    Failing copies = new Failing();
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited(), copies)) {
      copies.before = true;
      assertRefused(Reason.UNAVAILABLE, () -> stores.trackers().create(ANNA, named("a"), ONCE));

      assertThat(stores.idempotency().find(ANNA, KEY)).isEmpty();
      assertThat(walk(stores.trackers(), ANNA, 10)).isEmpty();
      StoredTracker made = stores.trackers().create(ANNA, named("a"), ONCE);
      assertThat(walk(stores.trackers(), ANNA, 10)).containsExactly(made);
      assertThat(stores.idempotency().find(ANNA, KEY)).contains(new byte[] {7});
    }
  }
}
