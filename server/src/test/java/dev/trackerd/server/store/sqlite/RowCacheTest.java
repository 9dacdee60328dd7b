package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.sql.StoreContract.ANNA;
import static dev.trackerd.server.store.sql.StoreContract.BERT;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static dev.trackerd.server.store.sql.StoreContract.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.TrackerKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cache keeps, and for how long. */
class RowCacheTest {
  private static final int MAX_BYTES = 1 << 20;

  @TempDir Path directory;
  private final RowCache cache = new RowCache(MAX_BYTES);
  private Stores stores;
  private TrackerStore store;

  @BeforeEach
  void open() {
    stores = SqliteStores.open(directory, StoreConfig.unlimited(), cache);
    store = stores.trackers();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void get_isAnsweredFromTheCopyOfTheFirst() {
    StoredTracker made = store.create(ANNA, named("a"));
    assertThat(store.cached(ANNA, made.id())).isEmpty();
    StoredTracker first = store.get(ANNA, made.id());
    assertThat(first).isEqualTo(made);
    assertThat(store.get(ANNA, made.id())).isSameAs(first);
    assertThat(store.cached(ANNA, made.id()).orElseThrow()).isSameAs(first);
  }

  @Test
  void cached_isOfOneAccountOnly() {
    StoredTracker made = store.create(ANNA, named("a"));
    store.get(ANNA, made.id());
    assertThat(store.cached(BERT, made.id())).isEmpty();
  }

  @Test
  void update_dropsTheCopyAlsoOfARename() {
    StoredTracker made = store.create(ANNA, named("a"));
    store.get(ANNA, made.id());
    store.update(ANNA, made.id(), old -> named("b"));
    assertThat(store.cached(ANNA, made.id())).isEmpty();
    assertThat(store.get(ANNA, made.id()).content()).isEqualTo(named("b"));
    assertThat(store.cached(ANNA, made.id()).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void update_thatFailsLeavesTheCopyOrARowToCopy() {
    StoredTracker made = store.create(ANNA, named("a"));
    store.create(ANNA, named("taken"));
    store.get(ANNA, made.id());
    assertRefused(ALREADY_EXISTS, () -> store.update(ANNA, made.id(), old -> named("taken")));
    assertThat(store.get(ANNA, made.id())).isEqualTo(made);
    assertThat(store.cached(ANNA, made.id())).contains(made);
  }

  @Test
  void delete_dropsTheCopy() {
    StoredTracker made = store.create(ANNA, named("a"));
    store.get(ANNA, made.id());
    store.delete(ANNA, made.id());
    assertThat(store.cached(ANNA, made.id())).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void close_leavesNoCopy() {
    StoredTracker made = store.create(ANNA, named("a"));
    store.get(ANNA, made.id());
    stores.close();
    assertThat(store.cached(ANNA, made.id())).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void keep_staysBelowTheBound() {
    TrackerContent content = new TrackerContent("t", new byte[20_000]);
    for (int i = 0; i < 1000; i++) {
      TrackerKey key = new TrackerKey(ANNA, i);
      cache.keep(key, new StoredTracker(i, 1, content), cache.ticket(key));
      assertThat(cache.bytes()).isLessThanOrEqualTo(MAX_BYTES);
    }
    assertThat(cache.bytes()).isGreaterThan(MAX_BYTES / 2);
  }

  @Test
  void keep_leavesOutWhatIsLargerThanTheBound() {
    TrackerKey key = new TrackerKey(ANNA, 1);
    TrackerContent content = new TrackerContent("t", new byte[MAX_BYTES]);
    cache.keep(key, new StoredTracker(1, 1, content), cache.ticket(key));
    assertThat(cache.find(key)).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void keep_refusesWhileAnyChangeIsUnderWay() {
    TrackerKey key = new TrackerKey(ANNA, 1);
    StoredTracker row = new StoredTracker(1, 1, named("a"));
    // Twice in one batch: an update and another.
    cache.changing(List.of(key, key));
    long ticket = cache.ticket(key);
    cache.keep(key, row, ticket);
    cache.changed(List.of(key, key));
    cache.keep(key, row, ticket);
    assertThat(cache.find(key)).isEmpty();
    cache.keep(key, row, cache.ticket(key));
    assertThat(cache.find(key)).contains(row);
  }

  @Test
  void open_withoutBytesKeepsNothing() {
    stores.close();
    try (Stores plain = SqliteStores.open(directory, StoreConfig.unlimited(), 0)) {
      StoredTracker made = plain.trackers().create(ANNA, named("a"));
      plain.trackers().get(ANNA, made.id());
      assertThat(plain.trackers().cached(ANNA, made.id())).isEmpty();
    }
  }
}
