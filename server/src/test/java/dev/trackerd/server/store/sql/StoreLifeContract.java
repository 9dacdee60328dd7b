package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.CredentialStore;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Opening, migrating and closing. */
public abstract class StoreLifeContract extends StoreContract {

  /** A plain connection to the test's database. */
  protected abstract Connection connect() throws SQLException;

  @Test
  void open_keepsWhatIsThere() {
    StoredTracker made;
    try (Stores stores = open()) {
      made = stores.trackers().create(ANNA, named("a"));
    }
    try (Stores stores = open()) {
      stores.check();
      assertThat(stores.trackers().get(ANNA, made.id())).isEqualTo(made);
    }
  }

  @Test
  void open_twiceSharesTheDatabase() {
    Stores one = open();
    // Ids of two processes are in the order of creation only from one millisecond to the next.
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(1));
    Stores two = open(config -> config.withClock(later));
    StoredTracker first = one.trackers().create(ANNA, named("a"));
    assertThat(two.trackers().get(ANNA, first.id())).isEqualTo(first);
    one.close();
    two.check();
    StoredTracker second = two.trackers().create(ANNA, named("b"));
    assertThat(walk(open().trackers(), ANNA, 10)).containsExactly(first, second);
  }

  @Test
  void open_atOnceMigratesOnce() throws Exception {
    var answers = Callers.<Stores>all(8, i -> () -> open(StoreConfig.unlimited()));
    try {
      assertThat(answers).allSatisfy(answer -> assertThat(answer.thrown()).isNull());
      answers.forEach(answer -> answer.value().check());
    } finally {
      answers.stream().filter(a -> a.value() != null).forEach(a -> a.value().close());
    }
  }

  @Test
  void open_refusesANewerSchema() throws Exception {
    StoredTracker made;
    try (Stores stores = open()) {
      made = stores.trackers().create(ANNA, named("a"));
    }
    int known = schemaVersion(99);
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer trackerd")
        .hasMessageContaining("version 99");
    schemaVersion(known);
    assertThat(open().trackers().get(ANNA, made.id())).isEqualTo(made);
  }

  @Test
  void close_refusesAllThatFollows() {
    Stores stores = open();
    TrackerStore trackers = stores.trackers();
    CredentialStore credentials = stores.credentials();
    long id = trackers.create(ANNA, named("a")).id();
    stores.close();
    stores.close();
    ApiKey key = new ApiKey("k", ANNA, new byte[1], Instant.EPOCH, Optional.empty());
    assertRefused(UNAVAILABLE, stores::check);
    assertRefused(UNAVAILABLE, () -> trackers.create(ANNA, named("b")));
    assertRefused(UNAVAILABLE, () -> trackers.createAll(ANNA, List.of(named("b"))));
    assertRefused(UNAVAILABLE, () -> trackers.get(ANNA, id));
    assertRefused(UNAVAILABLE, () -> trackers.findByName(ANNA, "a"));
    assertRefused(UNAVAILABLE, () -> trackers.list(ANNA, 0, 1));
    assertRefused(UNAVAILABLE, () -> trackers.update(ANNA, id, old -> old));
    assertRefused(UNAVAILABLE, () -> trackers.delete(ANNA, id));
    EventTrackerStore events = stores.eventTrackers();
    assertRefused(
        UNAVAILABLE, () -> events.createDatasetGroup(ANNA, DatasetGroupContent.named("g")));
    assertRefused(UNAVAILABLE, () -> events.getDatasetGroup(ANNA, "g"));
    assertRefused(UNAVAILABLE, () -> events.deleteDatasetGroup(ANNA, "g"));
    assertRefused(UNAVAILABLE, () -> events.getDataset(ANNA, "g", "t"));
    assertRefused(UNAVAILABLE, () -> events.listDatasetGroups(ANNA, 0, 1));
    assertRefused(UNAVAILABLE, () -> events.listDatasets(ANNA, Optional.empty(), 0, 1));
    EventTrackerContent content = new EventTrackerContent("t", "g", List.of());
    assertRefused(UNAVAILABLE, () -> events.create(ANNA, content));
    assertRefused(UNAVAILABLE, () -> events.get(ANNA, "00000000"));
    assertRefused(UNAVAILABLE, () -> events.list(ANNA, Optional.empty(), 0, 1));
    assertRefused(UNAVAILABLE, () -> events.delete(ANNA, "00000000"));
    assertRefused(UNAVAILABLE, () -> credentials.create(key));
    assertRefused(UNAVAILABLE, () -> credentials.find("k"));
    assertRefused(UNAVAILABLE, credentials::list);
    assertRefused(UNAVAILABLE, () -> credentials.revoke("k", Instant.EPOCH));
    assertRefused(UNAVAILABLE, () -> credentials.masterKeyProof(new byte[1]));
  }

  @Test
  void close_finishesWhatIsUnderWay() throws Exception {
    Stores stores = open();
    CountDownLatch some = new CountDownLatch(200);
    List<StoredTracker> acknowledged = Collections.synchronizedList(new ArrayList<>());
    var answers =
        Callers.<Void>all(
            17,
            i ->
                () -> {
                  if (i == 16) {
                    some.await();
                    stores.close();
                    return null;
                  }
                  AccountId account = i % 2 == 0 ? ANNA : BERT;
                  for (int n = 0; ; n++) {
                    acknowledged.add(stores.trackers().create(account, named(i + "-" + n)));
                    some.countDown();
                  }
                });
    assertThat(answers.get(16).thrown()).isNull();
    assertThat(answers.subList(0, 16))
        .allSatisfy(
            answer ->
                assertThat(answer.thrown())
                    .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(UNAVAILABLE)));
    List<StoredTracker> there = new ArrayList<>(walk(open().trackers(), ANNA, 1000));
    there.addAll(walk(open().trackers(), BERT, 1000));
    assertThat(there).containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  /** Sets the version, and returns the one before. */
  private int schemaVersion(int version) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      int before;
      try (ResultSet row = statement.executeQuery("SELECT version FROM schema_version")) {
        row.next();
        before = row.getInt(1);
      }
      statement.executeUpdate("UPDATE schema_version SET version = " + version);
      return before;
    }
  }
}
