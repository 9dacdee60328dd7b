package dev.trackerd.server.store.postgres;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.CONCURRENT_WRITE;
import static dev.trackerd.server.store.StoreException.Reason.IN_USE;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.Callers;
import dev.trackerd.server.store.sql.Callers.Answer;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One account's permits to write, over two processes that have one database open. */
class PostgresGateTest extends StoreContract {
  private static final int CALLERS = 8;
  private static final int ROUNDS = 10;

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

  @Test
  void create_underAKey_isMadeByOneOfTwoProcessesCallers() throws Exception {
    // With a permit for each: it is the key alone that counts.
    for (int permits : new int[] {0, 1}) {
      Stores one = open(config -> config.withMaxConcurrentWritesPerAccount(permits));
      Stores other = open(config -> config.withMaxConcurrentWritesPerAccount(permits));
      for (int round = 0; round < ROUNDS; round++) {
        String name = "race " + permits + " " + round;
        IdempotencyKey key = new IdempotencyKey(name.replace(' ', '-'), new byte[32]);
        Idempotency<StoredTracker> once = Idempotency.of(Optional.of(key), made -> new byte[1]);
        List<Answer<StoredTracker>> answers =
            Callers.all(
                CALLERS,
                i -> () -> (i % 2 == 0 ? one : other).trackers().create(ANNA, named(name), once));

        assertThat(answers).filteredOn(answer -> answer.value() != null).hasSize(1);
        assertThat(answers)
            .filteredOn(answer -> answer.thrown() != null)
            .allSatisfy(
                answer ->
                    assertThat(((StoreException) answer.thrown()).reason())
                        // Under one permit, whoever held it may have ended before it was asked for
                        // the key.
                        .isIn(IN_USE, permits == 0 ? IN_USE : CONCURRENT_WRITE));
        assertThat(one.idempotency().find(ANNA, key)).isPresent();
        assertThat(other.idempotency().find(ANNA, key)).isPresent();
      }
    }
  }

  @Test
  void key_underWhichAnotherProcessMakesAChange_isInUseBeforeTheAccountsPermit() throws Exception {
    Stores one = open(config -> config.withMaxConcurrentWritesPerAccount(1));
    Stores other = open(config -> config.withMaxConcurrentWritesPerAccount(1));
    IdempotencyKey key = new IdempotencyKey("k", new byte[32]);
    Idempotency<StoredTracker> once = Idempotency.of(Optional.of(key), done -> new byte[1]);
    long id = one.trackers().create(ANNA, named("a")).id();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<StoredTracker> held =
        CompletableFuture.supplyAsync(
            () ->
                one.trackers()
                    .update(
                        ANNA,
                        id,
                        content -> {
                          entered.countDown();
                          awaited(go);
                          return named("b");
                        },
                        once));
    assertThat(entered.await(10, SECONDS)).isTrue();

    for (int permits : new int[] {0, 1}) {
      Stores third = permits == 1 ? other : open();
      assertThatThrownBy(() -> third.trackers().update(ANNA, id, content -> named("c"), once))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(IN_USE);
                assertThat(e.thing()).isEqualTo(StoreException.Thing.IDEMPOTENCY_KEY);
              });
    }
    go.countDown();

    assertThat(held.get(10, SECONDS).content()).isEqualTo(named("b"));
    assertThat(other.idempotency().find(ANNA, key)).isPresent();
    assertThat(other.trackers().get(ANNA, id).content()).isEqualTo(named("b"));
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
