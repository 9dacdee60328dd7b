package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.sql.StoreContract.ANNA;
import static dev.trackerd.server.store.sql.StoreContract.named;
import static dev.trackerd.server.store.sqlite.TestCopies.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.Callers;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.TestCopies.SlowCommit;
import dev.trackerd.server.store.sqlite.TestCopies.SlowReader;
import dev.trackerd.server.store.sqlite.TestCopies.SlowReaderWithoutEpoch;
import dev.trackerd.server.store.sqlite.TestCopies.ToldAfterCommit;
import dev.trackerd.server.store.sqlite.TestCopies.ToldLate;
import dev.trackerd.server.store.sqlite.TestCopies.Wrapped;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies of rows are as good as the rows, whoever reads and changes them at the same moment. Each
 * race is run in the one order that matters; the same order with a cache that is wrong in one way
 * shows that the check would notice.
 */
class RowCacheRacesTest {
  private static final long BYTES = 1 << 20;
  private static final int CALLERS = 8;
  private static final int ROUNDS = 400;

  @TempDir Path directory;
  private final TrackerHistory history = new TrackerHistory();
  private Stores stores;
  private TrackerStore store;
  private StoredTracker made;

  @AfterEach
  void close() {
    stores.close();
  }

  private void open(RowCopies copies) {
    stores = SqliteStores.open(directory, StoreConfig.unlimited(), copies);
    store = stores.trackers();
    made = store.create(ANNA, named("a"));
  }

  @Test
  void get_afterAnUpdateSeesIt() {
    open(new Wrapped());
    getUpdateGet();
    history.check();
  }

  @Test
  void get_afterAnUpdateWouldBeStaleIfTheCacheWereToldBehindTheAnswer() {
    ToldLate copies = new ToldLate();
    open(copies);
    getUpdateGet();
    assertThatThrownBy(history::check).isInstanceOf(AssertionError.class);
    copies.tell();
    assertThat(store.get(ANNA, made.id()).version()).isEqualTo(2);
  }

  private void getUpdateGet() {
    get();
    assertThat(store.cached(ANNA, made.id())).contains(made);
    update("b");
    get();
  }

  @Test
  void get_keepsNoRowThatWasChangedSinceItWasRead() throws Exception {
    SlowReader copies = new SlowReader();
    open(copies);
    readUpdateKeepGet(copies);
    history.check();
    assertThat(store.get(ANNA, made.id()).content()).isEqualTo(named("b"));
  }

  @Test
  void get_wouldKeepAStaleRowWithoutTheEpoch() throws Exception {
    SlowReaderWithoutEpoch copies = new SlowReaderWithoutEpoch();
    open(copies);
    readUpdateKeepGet(copies);
    assertThatThrownBy(history::check).isInstanceOf(AssertionError.class);
  }

  private void readUpdateKeepGet(SlowReader copies) throws Exception {
    CompletableFuture<Void> reader = CompletableFuture.runAsync(this::get);
    await(copies.hasRead);
    update("b");
    copies.mayKeep.countDown();
    reader.get(10, SECONDS);
    get();
  }

  @Test
  void get_afterADeletionFindsNothing() throws Exception {
    SlowReader copies = new SlowReader();
    open(copies);
    CompletableFuture<Void> reader = CompletableFuture.runAsync(this::get);
    await(copies.hasRead);
    delete();
    copies.mayKeep.countDown();
    reader.get(10, SECONDS);
    get();
    assertThat(store.cached(ANNA, made.id())).isEmpty();
    history.check();
  }

  @Test
  void get_afterAListSeesWhatThatSaw() throws Exception {
    listAndGetWhileCommitting(new Wrapped());
    history.check();
  }

  @Test
  void get_wouldBeOlderThanAListIfRowsWereDroppedAfterTheCommitOnly() throws Exception {
    listAndGetWhileCommitting(new ToldAfterCommit());
    assertThatThrownBy(history::check).isInstanceOf(AssertionError.class);
  }

  private void listAndGetWhileCommitting(Wrapped told) throws Exception {
    SlowCommit copies = new SlowCommit(told);
    open(copies);
    get();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> update("b"));
    await(copies.committed);
    list();
    get();
    copies.mayGoOn.countDown();
    writer.get(10, SECONDS);
    get();
  }

  @Test
  void calls_ofManyAtOnceFitIntoOneOrder() throws Exception {
    open(new RowCache(BYTES));
    var answers =
        Callers.<Void>all(
            CALLERS,
            i ->
                () -> {
                  for (int round = 0; round < ROUNDS; round++) {
                    call(i, round);
                  }
                  return null;
                });
    assertThat(answers).allSatisfy(answer -> assertThat(answer.thrown()).isNull());
    delete();
    get();
    history.check();
  }

  private void call(int caller, int round) {
    int choice = ThreadLocalRandom.current().nextInt(10);
    if (caller < 2 && choice < 3) {
      update("by " + caller + " in " + round);
    } else if (choice < 5) {
      list();
    } else {
      get();
    }
  }

  private void get() {
    TrackerHistory.Begun call = history.begin("get");
    try {
      call.saw(store.get(ANNA, made.id()).version());
    } catch (StoreException e) {
      assertThat(e.reason()).isEqualTo(StoreException.Reason.NOT_FOUND);
      call.saw(TrackerHistory.GONE);
    }
  }

  private void list() {
    TrackerHistory.Begun call = history.begin("list");
    call.saw(store.list(ANNA, 0, 1).trackers().get(0).version());
  }

  private void update(String name) {
    TrackerHistory.Begun call = history.begin("update");
    call.made(store.update(ANNA, made.id(), old -> named(name)).version());
  }

  private void delete() {
    TrackerHistory.Begun call = history.begin("delete");
    store.delete(ANNA, made.id());
    call.made(TrackerHistory.GONE);
  }
}
