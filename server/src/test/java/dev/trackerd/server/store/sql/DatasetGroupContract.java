package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.IN_USE;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.auth.TestTime;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Thing;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredDatasetGroup;
import dev.trackerd.server.store.StoredEventTracker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of dataset groups, and their datasets one by one. */
public abstract class DatasetGroupContract extends EventTrackerContract {
  private static final String EVENTS = StoredDataset.EVENT_INTERACTIONS;
  private static final int CALLERS = 32;
  private static final int ROUNDS = 10;

  private final TestTime clock = new TestTime();
  private EventTrackerStore store;

  @BeforeEach
  void openStore() {
    store = open(config -> config.withClock(clock)).eventTrackers();
  }

  @Test
  void getDataset_returnsOneOfAGroup() {
    createIn(store, ANNA, "g");
    StoredDataset dataset = store.getDataset(ANNA, "g", EVENTS);
    assertThat(store.listDatasets(ANNA, ALL, 0, 10).items()).containsExactly(dataset);
    for (List<String> none : List.of(List.of("G", EVENTS), List.of("g", "ITEMS"))) {
      StoreException refusal =
          catchThrowableOfType(
              StoreException.class, () -> store.getDataset(ANNA, none.get(0), none.get(1)));
      assertThat(refusal.reason()).isEqualTo(NOT_FOUND);
      assertThat(refusal.thing()).isEqualTo(Thing.DATASET);
      assertThat(refusal.id()).contains(String.join("/", none));
    }
  }

  @Test
  void deleteDatasetGroup_takesItsDatasetsAlong() {
    StoredEventTracker tracker = createIn(store, ANNA, "g");
    createIn(store, ANNA, "h");
    store.delete(ANNA, tracker.id());
    store.deleteDatasetGroup(ANNA, "g");
    assertRefused(NOT_FOUND, () -> store.getDatasetGroup(ANNA, "g"));
    assertRefused(NOT_FOUND, () -> store.getDataset(ANNA, "g", EVENTS));
    assertRefused(NOT_FOUND, () -> store.create(ANNA, of("g")));
    assertRefused(NOT_FOUND, () -> store.deleteDatasetGroup(ANNA, "g"));
    assertThat(names(store, ANNA)).containsExactly("h");
    assertThat(store.listDatasets(ANNA, ALL, 0, 10).items())
        .extracting(StoredDataset::datasetGroup)
        .containsExactly("h");
    clock.pass(Duration.ofMinutes(1));
    StoredDatasetGroup again = store.createDatasetGroup(ANNA, DatasetGroupContent.named("g"));
    assertThat(store.getDatasetGroup(ANNA, "g")).isEqualTo(again);
    assertThat(store.listDatasets(ANNA, ALL, 0, 10).items()).hasSize(1);
    assertThat(names(store, ANNA)).containsExactly("h", "g");
  }

  @Test
  void deleteDatasetGroup_isRefusedWhileItHasAnEventTracker() {
    EventTrackerRules slow = new EventTrackerRules(0, Duration.ofSeconds(10));
    EventTrackerStore delayed =
        open(config -> config.withClock(clock).withEventTrackers(slow)).eventTrackers();
    StoredEventTracker tracker = createIn(delayed, ANNA, "g");
    for (int step = 0; step < 3; step++) {
      assertInUse(delayed);
      clock.pass(Duration.ofSeconds(5));
    }
    delayed.delete(ANNA, tracker.id());
    for (int step = 0; step < 2; step++) {
      assertInUse(delayed);
      clock.pass(Duration.ofSeconds(5));
    }
    delayed.deleteDatasetGroup(ANNA, "g");
    assertThat(names(delayed, ANNA)).isEmpty();
  }

  private static void assertInUse(EventTrackerStore store) {
    StoreException refusal =
        catchThrowableOfType(StoreException.class, () -> store.deleteDatasetGroup(ANNA, "g"));
    assertThat(refusal.reason()).isEqualTo(IN_USE);
    assertThat(refusal.thing()).isEqualTo(Thing.DATASET_GROUP);
    assertThat(refusal.id()).contains("g");
    assertThat(store.listDatasets(ANNA, ALL, 0, 10).items()).hasSize(1);
  }

  @Test
  void allMethods_seeTheirAccountOnly() {
    store.createDatasetGroup(ANNA, DatasetGroupContent.named("g"));
    createIn(store, BERT, "g");
    assertRefused(NOT_FOUND, () -> store.getDataset(ANNA, "g", EVENTS));
    store.deleteDatasetGroup(ANNA, "g");
    assertRefused(NOT_FOUND, () -> store.deleteDatasetGroup(ANNA, "g"));
    assertThat(names(store, BERT)).containsExactly("g");
    assertThat(store.getDataset(BERT, "g", EVENTS).datasetGroup()).isEqualTo("g");
    assertThat(trackers(store, BERT)).hasSize(1);
  }

  @Test
  void deleteDatasetGroup_leavesNoEventTrackerBehind() throws Exception {
    EventTrackerStore[] stores = {open().eventTrackers(), open().eventTrackers()};
    for (int round = 0; round < ROUNDS; round++) {
      stores[0].createDatasetGroup(ANNA, DatasetGroupContent.named("g"));
      var answers =
          Callers.<String>all(
              CALLERS,
              i ->
                  () -> {
                    if (i % 4 < 2) {
                      return stores[i % 2].create(ANNA, of("g")).id();
                    }
                    stores[i % 2].deleteDatasetGroup(ANNA, "g");
                    return "deleted";
                  });
      Set<Object> seen =
          answers.stream()
              .map(
                  answer ->
                      answer.thrown() instanceof StoreException e ? e.reason() : answer.value())
              .collect(Collectors.toSet());
      List<StoredEventTracker> left = trackers(stores[1], ANNA);
      if (seen.contains("deleted")) {
        assertThat(seen).containsExactlyInAnyOrder("deleted", NOT_FOUND);
        assertThat(left).isEmpty();
        assertThat(names(stores[0], ANNA)).isEmpty();
      } else {
        assertThat(left).hasSize(1);
        assertThat(seen).containsExactlyInAnyOrder(left.get(0).id(), ALREADY_EXISTS, IN_USE);
        stores[0].delete(ANNA, left.get(0).id());
        stores[1].deleteDatasetGroup(ANNA, "g");
      }
      assertThat(stores[0].listDatasets(ANNA, ALL, 0, 10).items()).isEmpty();
    }
  }

  private static List<String> names(EventTrackerStore store, AccountId account) {
    return walk((place, limit) -> store.listDatasetGroups(account, place, limit), 1).stream()
        .map(group -> group.content().name())
        .toList();
  }
}
