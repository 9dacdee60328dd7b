package dev.trackerd.server.store.postgres;

import static dev.trackerd.server.store.StoreException.Reason.BUSY;
import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.Conditions;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of changes whose transactions or commits fail. */
class PostgresCommitTest extends StoreContract {
  private final String url = TestPostgres.shared().newSchema();

  private TrackerStore store;

  @Override
  protected Stores open(StoreConfig config) {
    return PostgresStores.open(StoreUrl.parse(url), config);
  }

  @BeforeEach
  void openStore() {
    store = open(config -> config.withMaxConcurrentWritesPerAccount(1)).trackers();
  }

  @Test
  void commit_ofUnknownOutcomeIsToldAndNotRepeated() throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(TestPostgres.shared().port())) {
      String through =
          url.replace(":" + TestPostgres.shared().port() + "/", ":" + proxy.port() + "/");
      StoreConfig config =
          StoreConfig.unlimited().withMaxConcurrentWritesPerAccount(1).withConnections(1);
      try (Stores stores = PostgresStores.open(StoreUrl.parse(through), config)) {
        proxy.cutCommits(1);
        assertThatThrownBy(() -> stores.trackers().create(ANNA, named("a")))
            .isInstanceOfSatisfying(
                StoreException.class,
                e -> {
                  assertThat(e.reason()).isEqualTo(UNAVAILABLE);
                  assertThat(e).hasMessageContaining("what came of a commit is unknown");
                });
        assertThat(proxy.cutsLeft()).isZero();
        // It was made, and once: that the connection went before its answer came is not undone.
        StoredTracker made = await(() -> walk(store, ANNA, 10)).get(0);
        assertThat(made.content()).isEqualTo(named("a"));
        proxy.cutCommits(1);
        assertRefused(
            UNAVAILABLE, () -> stores.trackers().update(ANNA, made.id(), old -> named("b")));
        assertThat(proxy.cutsLeft()).isZero();
        assertThat(stores.trackers().update(ANNA, made.id(), old -> old).version()).isEqualTo(3);
      }
    }
  }

  @Test
  void commit_whoseWaitForAStandbyIsCancelledIsNoSuccess() throws Exception {
    try (TestPostgres postgres = TestPostgres.durable()) {
      String database = postgres.newDatabase();
      StoreUrl primary = StoreUrl.parse(database);
      try (Stores stores = PostgresStores.open(primary, StoreConfig.unlimited())) {
        StoredTracker before = stores.trackers().create(ANNA, named("before"));
        postgres.execute("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        postgres.execute("postgres", "SELECT pg_reload_conf()");
        CompletableFuture<StoredTracker> change =
            CompletableFuture.supplyAsync(() -> createUntilOneWaits(stores.trackers()));
        String cancel =
            "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        await(() -> count(database, cancel) > 0 ? List.of(1) : List.of());
        assertThatThrownBy(() -> change.get(10, SECONDS))
            .hasRootCauseMessage("canceling wait for synchronous replication due to user request")
            .cause()
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.reason()).isEqualTo(UNAVAILABLE));
        assertThat(stores.trackers().get(ANNA, before.id())).isEqualTo(before);
      }
    }
  }

  /**
   * The server hears of the standby that is not there in its own time; from then on commits wait.
   */
  private static StoredTracker createUntilOneWaits(TrackerStore trackers) {
    for (int n = 0; ; n++) {
      trackers.create(ANNA, named("n" + n));
    }
  }

  @Test
  void write_isDoneAnewWhenTheServerUndidIt() throws Exception {
    failChanges("40001", 2);
    assertThat(store.create(ANNA, named("a")).version()).isEqualTo(1);
    assertThat(tries()).isEqualTo(3);
    assertThat(walk(store, ANNA, 10))
        .extracting(StoredTracker::content)
        .containsExactly(named("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "25006"})
  void change_thatTookItsCommitAlong_isDoneAnewWhenTheServerRefusedIt(String state)
      throws Exception {
    StoredTracker made = store.create(ANNA, named("a"));
    failChanges(state, 2);
    assertThat(store.update(ANNA, made.id(), old -> named("b")).version()).isEqualTo(2);
    assertThat(tries()).isEqualTo(3);
  }

  @Test
  void write_isRefusedWhenTheServerUndoesItAgainAndAgain() throws Exception {
    failChanges("40P01", 1000);
    assertRefused(BUSY, () -> store.create(ANNA, named("a")));
    assertThat(tries()).isBetween(2, 10);
    failChanges("55P03", 1000);
    assertRefused(BUSY, () -> store.createAll(ANNA, List.of(named("a"), named("b"))));
    assertThat(walk(store, ANNA, 10)).isEmpty();
  }

  @Test
  void write_isNotDoneAnewForOtherReasons() throws Exception {
    failChanges("53100", 1);
    assertRefused(UNAVAILABLE, () -> store.create(ANNA, named("a")));
    assertThat(tries()).isEqualTo(1);
    assertThat(store.create(ANNA, named("a")).version()).isEqualTo(1);
  }

  @Test
  void commit_isNeverLessThanDurable() throws Exception {
    String hasty = url + "&options=-c%20synchronous_commit%3Doff";
    assertThat(shown(hasty)).isEqualTo("on");
    assertThat(shown(url + "&options=-c%20synchronous_commit%3Dlocal")).isEqualTo("on");
    assertThat(shown(url + "&options=-c%20synchronous_commit%3Dremote_apply"))
        .isEqualTo("remote_apply");
  }

  /** What a connection of the pool has. */
  private static String shown(String url) throws SQLException {
    try (ConnectionPool pool = ConnectionPool.open(StoreUrl.parse(url), 1);
        LentConnection connection = pool.take()) {
      return connection
          .session()
          .first("SHOW synchronous_commit", row -> row.getString(1))
          .orElseThrow();
    }
  }

  /** Lets the next inserts and updates of trackers fail; what counts them knows no transactions. */
  private void failChanges(String state, int times) throws SQLException {
    execute(
        """
        DROP TRIGGER IF EXISTS failing ON tracker;
        DROP SEQUENCE IF EXISTS tries;
        CREATE SEQUENCE tries;
        CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('tries') <= %d THEN
            RAISE EXCEPTION USING ERRCODE = '%s', MESSAGE = 'made up';
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER failing BEFORE INSERT OR UPDATE ON tracker FOR EACH ROW EXECUTE FUNCTION fail();
        """
            .formatted(times, state));
  }

  private int tries() throws SQLException {
    return count(url, "SELECT last_value FROM tries");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private interface Look<T> {
    List<T> at() throws SQLException;
  }

  /** Looks again and again, until something is there. */
  private static <T> List<T> await(Look<T> look) {
    List<T> seen = new ArrayList<>();
    Conditions.within(Duration.ofSeconds(20), "something is there", () -> seen.addAll(look.at()));
    return seen;
  }
}
