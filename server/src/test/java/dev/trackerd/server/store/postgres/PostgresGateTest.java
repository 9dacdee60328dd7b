package dev.trackerd.server.store.postgres;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.CONCURRENT_WRITE;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One account's permits to write, over two processes that have one database open. */
class PostgresGateTest extends StoreContract {
  /** Those of this database only. */
  private static final String PERMITS =
      """
      locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """;

  private final String url = TestPostgres.shared().newSchema();

  @Override
  protected Stores open(StoreConfig config) {
    return PostgresStores.open(StoreUrl.parse(url), config);
  }

  @Test
  void gate_letsOneProcessWriteAtATime() throws Exception {
    TrackerStore one = oneAtATime();
    TrackerStore two = oneAtATime();
    StoredTracker tracker = one.create(ANNA, named("a"));
    StoredTracker other = one.create(ANNA, named("b"));
    StoredTracker changed =
        during(
            one,
            tracker,
            () -> {
              refused(() -> two.create(ANNA, named("c")), 1);
              refused(() -> two.createAll(ANNA, List.of(named("c"), named("d"))), 1);
              refused(() -> two.update(ANNA, other.id(), old -> named("c")), 1);
              refused(() -> one.create(ANNA, named("c")), 1);
              assertThat(two.create(BERT, named("c")).version()).isEqualTo(1);
              assertThat(two.get(ANNA, tracker.id())).isEqualTo(tracker);
              two.delete(ANNA, other.id());
            });
    assertThat(changed).isEqualTo(new StoredTracker(tracker.id(), 2, named("changed")));
    assertThat(two.update(ANNA, tracker.id(), old -> named("again")).version()).isEqualTo(3);
  }

  @Test
  void gate_isFreeAfterEveryRefusalAndFailure() throws Exception {
    TrackerStore one = oneAtATime();
    TrackerStore two = oneAtATime();
    StoredTracker tracker = one.create(ANNA, named("a"));
    assertRefused(ALREADY_EXISTS, () -> one.create(ANNA, named("a")));
    assertRefused(NOT_FOUND, () -> one.update(ANNA, 1, old -> old));
    assertThatThrownBy(
            () ->
                one.update(
                    ANNA,
                    tracker.id(),
                    old -> {
                      throw new IllegalArgumentException("no");
                    }))
        .hasMessage("no");
    assertThat(two.create(ANNA, named("b")).version()).isEqualTo(1);
    assertThat(permitsHeld()).isZero();
  }

  @Test
  void gate_countsThePermitsOfAllProcesses() throws Exception {
    TrackerStore one = open(config -> config.withMaxConcurrentWritesPerAccount(2)).trackers();
    TrackerStore two = open(config -> config.withMaxConcurrentWritesPerAccount(2)).trackers();
    StoredTracker first = one.create(ANNA, named("a"));
    StoredTracker second = one.create(ANNA, named("b"));
    during(
        one,
        first,
        () -> {
          assertThat(two.create(ANNA, named("c")).version()).isEqualTo(1);
          during(two, second, () -> refused(() -> two.create(ANNA, named("d")), 2), "second");
          assertThat(one.create(ANNA, named("d")).version()).isEqualTo(1);
        });
    assertThat(permitsHeld()).isZero();
  }

  @Test
  void gate_isFreeAtOnceWhenTheConnectionOfItsHolderIsCut() throws Exception {
    TrackerStore one = oneAtATime();
    TrackerStore two = oneAtATime();
    StoredTracker tracker = one.create(ANNA, named("a"));
    AtomicInteger computed = new AtomicInteger();
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<StoredTracker> change =
        CompletableFuture.supplyAsync(
            () ->
                one.update(
                    ANNA,
                    tracker.id(),
                    old -> {
                      computed.incrementAndGet();
                      computing.countDown();
                      await(go);
                      return named("changed");
                    }));
    await(computing);
    refused(() -> two.create(ANNA, named("b")), 1);
    assertThat(
            query("SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_locks WHERE " + PERMITS))
        .isEqualTo(1);
    assertThat(two.create(ANNA, named("b")).version()).isEqualTo(1);
    go.countDown();
    // Its commit went with the change, to a server that may have taken it: that is not done again.
    assertThatThrownBy(() -> change.get(10, SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(UNAVAILABLE));
    assertThat(computed).hasValue(1);
    assertThat(two.get(ANNA, tracker.id())).isEqualTo(tracker);
    assertThat(one.update(ANNA, tracker.id(), old -> old).version()).isEqualTo(2);
    assertThat(permitsHeld()).isZero();
  }

  @Test
  void gate_refusesAtOnceWhereTrackersAreCounted() throws Exception {
    TrackerStore store =
        open(config -> config.withMaxConcurrentWritesPerAccount(1).withMaxTrackersPerAccount(5))
            .trackers();
    Connection other = DriverManager.getConnection(url);
    try (PipelinedSession session = new PipelinedSession(other, () -> {})) {
      other.setAutoCommit(false);
      AdvisoryLocks.takePermit(session, ANNA, 1);
      // As who counts does: who has no permit is not to wait for it.
      AdvisoryLocks.lockAccount(session, ANNA);
      refused(() -> store.create(ANNA, named("a")), 1);
      other.rollback();
      assertThat(store.create(ANNA, named("a")).version()).isEqualTo(1);
    }
    assertThat(permitsHeld()).isZero();
  }

  private TrackerStore oneAtATime() {
    return open(config -> config.withMaxConcurrentWritesPerAccount(1)).trackers();
  }

  /** Does something while the store computes a change of the tracker. */
  private static StoredTracker during(TrackerStore store, StoredTracker tracker, Runnable what) {
    return during(store, tracker, what, "changed");
  }

  private static StoredTracker during(
      TrackerStore store, StoredTracker tracker, Runnable what, String name) {
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<StoredTracker> change =
        CompletableFuture.supplyAsync(
            () ->
                store.update(
                    ANNA,
                    tracker.id(),
                    old -> {
                      computing.countDown();
                      await(go);
                      return named(name);
                    }));
    await(computing);
    try {
      what.run();
    } finally {
      go.countDown();
    }
    return change.orTimeout(10, SECONDS).join();
  }

  private static void refused(Supplier<?> call, int limit) {
    assertThatThrownBy(call::get)
        .isInstanceOfSatisfying(
            StoreException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(CONCURRENT_WRITE);
              assertThat(refusal.limit()).isEqualTo(limit);
            });
  }

  private int permitsHeld() throws SQLException {
    return query("SELECT count(*) FROM pg_locks WHERE " + PERMITS);
  }

  private int query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
