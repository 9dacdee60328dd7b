package dev.trackerd.server.store.postgres;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.BUSY;
import static dev.trackerd.server.store.StoreException.Reason.IN_USE;
import static dev.trackerd.server.store.StoreException.Reason.LIMIT;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoredEventTracker;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.Callers;
import dev.trackerd.server.store.sql.Callers.Answer;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Races of the callers of two processes that have one database open. */
class PostgresProcessesTest extends StoreContract {
  private static final int CALLERS = 8;
  private static final int ROUNDS = 10;

  /** Those who wait for each other here do so on purpose, and on a machine that has more to do. */
  private final String url = TestPostgres.shared().newSchema() + "&options=-c%20lock_timeout%3D10s";

  @Override
  protected Stores open(StoreConfig config) {
    return PostgresStores.open(StoreUrl.parse(url), config);
  }

  @Test
  void create_givesANameToOneOfTwoProcessesCallers() throws Exception {
    TrackerStore[] stores = {open().trackers(), open().trackers()};
    for (int round = 0; round < ROUNDS; round++) {
      TrackerContent content = named("race " + round);
      var answers =
          Callers.<StoredTracker>all(CALLERS, i -> () -> stores[i % 2].create(ANNA, content));
      assertThat(made(answers, ALREADY_EXISTS)).hasSize(1);
    }
    assertThat(walk(stores[0], ANNA, 100)).hasSize(ROUNDS).isEqualTo(walk(stores[1], ANNA, 100));
  }

  @Test
  void createAll_ofTheSameNamesInOppositeOrderEndsInOneWinner() throws Exception {
    TrackerStore[] stores = {open().trackers(), open().trackers()};
    List<TrackerContent> forth = IntStream.range(0, 50).mapToObj(i -> named("n" + i)).toList();
    List<TrackerContent> back = new ArrayList<>(forth);
    Collections.reverse(back);
    var answers =
        Callers.<List<StoredTracker>>all(
            CALLERS, i -> () -> stores[i % 2].createAll(ANNA, i % 2 == 0 ? forth : back));
    // Each may hold names that another waits for; the server lets one of them go on.
    assertThat(made(answers, ALREADY_EXISTS, BUSY)).hasSize(1);
    assertThat(walk(stores[0], ANNA, 100)).hasSize(50);
  }

  @Test
  void create_neverPassesTheLimit() throws Exception {
    Stores[] stores = new Stores[2];
    for (int i = 0; i < 2; i++) {
      stores[i] = open(config -> config.withMaxTrackersPerAccount(5));
    }
    var answers =
        Callers.<StoredTracker>all(
            CALLERS, i -> () -> stores[i % 2].trackers().create(ANNA, named("n" + i)));
    assertThat(made(answers, LIMIT)).hasSize(5);
    assertThat(walk(stores[0].trackers(), ANNA, 100)).hasSize(5);
  }

  @Test
  void eventTracker_isMadeAndDeletedOnce() throws Exception {
    EventTrackerRules rules = new EventTrackerRules(0, Duration.ZERO);
    Stores[] stores = {
      open(config -> config.withEventTrackers(rules)),
      open(config -> config.withEventTrackers(rules))
    };
    for (int round = 0; round < ROUNDS; round++) {
      String group = "group-" + round;
      var groups =
          Callers.all(
              CALLERS,
              i ->
                  () ->
                      stores[i % 2]
                          .eventTrackers()
                          .createDatasetGroup(ANNA, DatasetGroupContent.named(group)));
      assertThat(made(groups, ALREADY_EXISTS)).hasSize(1);
      var created =
          Callers.<StoredEventTracker>all(
              CALLERS,
              i ->
                  () ->
                      stores[i % 2]
                          .eventTrackers()
                          .create(ANNA, new EventTrackerContent("t" + i, group, List.of())));
      String id = made(created, ALREADY_EXISTS).get(0).id();
      assertThat(made(created, ALREADY_EXISTS)).hasSize(1);
      var deleted =
          Callers.<String>all(
              CALLERS,
              i ->
                  () -> {
                    stores[i % 2].eventTrackers().delete(ANNA, id);
                    return id;
                  });
      assertThat(made(deleted, NOT_FOUND, IN_USE)).hasSize(1);
    }
  }

  /** What all answers are that were made; the others failed by one of these. */
  private static <T> List<T> made(List<Answer<T>> answers, Reason... others) {
    List<T> made = new ArrayList<>();
    for (Answer<T> answer : answers) {
      if (answer.thrown() == null) {
        made.add(answer.value());
      } else {
        assertThat(answer.thrown())
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.reason()).isIn((Object[]) others));
      }
    }
    return made;
  }
}
