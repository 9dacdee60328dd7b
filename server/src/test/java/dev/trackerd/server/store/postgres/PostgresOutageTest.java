package dev.trackerd.server.store.postgres;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.Conditions;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.Callers;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that goes, hangs and comes back under stores that stay open. */
class PostgresOutageTest extends StoreContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static TestPostgres postgres;

  private final String url = postgres.newDatabase();

  private Stores stores;
  private StoredTracker made;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.durable();
  }

  @AfterAll
  static void end() {
    postgres.close();
  }

  @Override
  protected Stores open(StoreConfig config) {
    return PostgresStores.open(StoreUrl.parse(url), config);
  }

  @BeforeEach
  void openStores() {
    stores = open(config -> config.withMaxConcurrentWritesPerAccount(1));
    made = stores.trackers().create(ANNA, named("a"));
    warmUp();
  }

  @Test
  void calls_areRefusedWhileItIsDownAndServedWhenItIsBack() throws Exception {
    postgres.stop();
    assertAllRefused();
    postgres.start();
    assertServedAgain();
  }

  @Test
  void calls_areServedByFreshConnectionsAfterARestart() {
    postgres.restart();
    // No call meets a connection of before, though the pool has ten of them.
    assertThat(stores.trackers().get(ANNA, made.id())).isEqualTo(made);
    postgres.restart();
    assertThat(stores.trackers().create(ANNA, named("b")).version()).isEqualTo(1);
    stores.check();
  }

  @Test
  void calls_areRefusedAfterItWasKilled() throws Exception {
    postgres.kill();
    assertAllRefused();
    postgres.start();
    assertServedAgain();
  }

  @Test
  void calls_areRefusedWhileItHangs() throws Exception {
    postgres.pause();
    try {
      assertAllRefused();
    } finally {
      postgres.resume();
    }
    assertServedAgain();
  }

  @Test
  void calls_areRefusedWhileItIsReadOnly() throws Exception {
    readOnly("on");
    try {
      // Each of its processes hears of it in its own time.
      awaitCheck(false);
      assertRefusedSoon(() -> stores.trackers().create(ANNA, named("b")));
      assertRefusedSoon(stores::check);
    } finally {
      readOnly("off");
    }
    assertServedAgain();
  }

  @Test
  void nothingIsHeldAfterAnOutageUnderLoad() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    var answers =
        Callers.<StoredTracker>all(
            33,
            i ->
                () -> {
                  if (i == 32) {
                    postgres.kill();
                    postgres.start();
                    return null;
                  }
                  StoredTracker last = null;
                  for (int n = 0; n < 200; n++) {
                    last = createOr(refused, "c" + i + "-" + n, last);
                  }
                  return last;
                });
    assertThat(answers).allSatisfy(answer -> assertThat(answer.thrown()).isNull());
    assertThat(refused).hasPositiveValue();
    assertServedAgain();
    assertThat(stores.load().waiting()).isZero();
    assertThat(stores.trackers().create(ANNA, named("last")).version()).isEqualTo(1);
  }

  @Test
  void close_leavesNobodyWhoTriesToConnect() throws Exception {
    postgres.kill();
    try {
      assertRefusedSoon(() -> stores.trackers().get(ANNA, made.id()));
      assertThat(connecting()).isTrue();
      stores.close();
      Conditions.within(PATIENCE, "nobody connects", () -> !connecting());
    } finally {
      postgres.start();
    }
  }

  private static boolean connecting() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("store:connection-adder"))
        .flatMap(thread -> Stream.of(thread.getValue()))
        .anyMatch(frame -> frame.getClassName().equals(PatientSource.class.getName()));
  }

  private StoredTracker createOr(AtomicInteger refused, String name, StoredTracker last) {
    try {
      return stores.trackers().create(ANNA, named(name));
    } catch (StoreException e) {
      refused.incrementAndGet();
      return last;
    }
  }

  /** So that all connections are there, and have been in use. */
  private void warmUp() {
    try {
      Callers.all(20, i -> () -> stores.trackers().get(ANNA, made.id()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void assertAllRefused() {
    assertRefusedSoon(() -> stores.trackers().get(ANNA, made.id()));
    assertRefusedSoon(() -> stores.trackers().create(ANNA, named("b")));
    assertRefusedSoon(() -> stores.trackers().update(ANNA, made.id(), old -> old));
    assertRefusedSoon(stores::check);
  }

  /** Callers are promised three seconds; a machine that does other things too gets some more. */
  private static void assertRefusedSoon(ThrowingCallable call) {
    long start = System.nanoTime();
    assertRefused(UNAVAILABLE, call);
    assertThat(System.nanoTime() - start).isLessThan(SECONDS.toNanos(6));
  }

  private void assertServedAgain() throws Exception {
    awaitCheck(true);
    assertThat(stores.trackers().get(ANNA, made.id())).isEqualTo(made);
    assertThat(stores.trackers().update(ANNA, made.id(), old -> old).version()).isEqualTo(2);
    // Whatever was refused before left no permit taken, and no tracker of that name.
    assertThat(stores.trackers().create(ANNA, named("served again")).version()).isEqualTo(1);
  }

  private void awaitCheck(boolean passes) {
    Conditions.within(PATIENCE, "the check passes: " + passes, () -> checks() == passes);
  }

  private boolean checks() {
    try {
      stores.check();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private static void readOnly(String value) throws SQLException {
    // It is itself subject to what it sets.
    String writing = postgres.url("postgres") + "&options=-c%20default_transaction_read_only%3Doff";
    try (Connection connection = DriverManager.getConnection(writing);
        var statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + value);
      statement.execute("SELECT pg_reload_conf()");
    }
  }
}
