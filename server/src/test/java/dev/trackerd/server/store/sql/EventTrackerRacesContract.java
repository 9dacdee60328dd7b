package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.LIMIT;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoredDatasetGroup;
import dev.trackerd.server.store.StoredEventTracker;
import dev.trackerd.server.store.StoredTag;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What many callers at once see of an event tracker store, half of them by another connection. */
public abstract class EventTrackerRacesContract extends EventTrackerContract {
  private static final int CALLERS = 64;
  private static final int ROUNDS = 5;

  @Test
  void create_givesAGroupToOneOfManyCallers() throws Exception {
    EventTrackerStore[] stores = {open().eventTrackers(), open().eventTrackers()};
    stores[0].createDatasetGroup(ANNA, DatasetGroupContent.named("g"));
    for (int round = 0; round < ROUNDS; round++) {
      var answers =
          Callers.<StoredEventTracker>all(CALLERS, i -> () -> stores[i % 2].create(ANNA, of("g")));
      StoredEventTracker winner = winners(answers, 1, ALREADY_EXISTS).get(0);
      assertThat(answers)
          .filteredOn(answer -> answer.thrown() != null)
          .allSatisfy(
              answer -> assertThat(((StoreException) answer.thrown()).id()).contains(winner.id()));
      assertThat(trackers(stores[1], ANNA)).containsExactly(winner);
      assertThat(stores[0].listDatasets(ANNA, ALL, 0, 10).items()).hasSize(1);
      stores[1].delete(ANNA, winner.id());
    }
  }

  @Test
  void createDatasetGroup_givesANameToOneOfManyCallers() throws Exception {
    EventTrackerStore[] stores = {open().eventTrackers(), open().eventTrackers()};
    var answers =
        Callers.<StoredDatasetGroup>all(
            CALLERS, i -> () -> stores[i % 2].createDatasetGroup(ANNA, tagged("g", i)));
    assertThat(stores[0].listDatasetGroups(ANNA, 0, 100).items())
        .isEqualTo(winners(answers, 1, ALREADY_EXISTS));
  }

  @Test
  void create_neverPassesTheLimit() throws Exception {
    EventTrackerRules ten = new EventTrackerRules(10, Duration.ZERO);
    EventTrackerStore[] stores = {
      open(config -> config.withEventTrackers(ten)).eventTrackers(),
      open(config -> config.withEventTrackers(ten)).eventTrackers()
    };
    for (int i = 0; i < CALLERS; i++) {
      stores[0].createDatasetGroup(ANNA, DatasetGroupContent.named("g" + i));
    }
    var answers =
        Callers.<StoredEventTracker>all(
            CALLERS, i -> () -> stores[i % 2].create(ANNA, of("g" + i)));
    assertThat(trackers(stores[0], ANNA))
        .containsExactlyInAnyOrderElementsOf(winners(answers, 10, LIMIT));
  }

  @Test
  void delete_succeedsForOneOfManyCallers() throws Exception {
    EventTrackerStore[] stores = {open().eventTrackers(), open().eventTrackers()};
    StoredEventTracker made = createIn(stores[0], ANNA, "g");
    var answers =
        Callers.<StoredEventTracker>all(
            CALLERS,
            i ->
                () -> {
                  stores[i % 2].delete(ANNA, made.id());
                  return made;
                });
    assertThat(winners(answers, 1, NOT_FOUND)).containsExactly(made);
    assertThat(trackers(stores[0], ANNA)).isEmpty();
  }

  private static DatasetGroupContent tagged(String name, int tag) {
    List<StoredTag> tags = List.of(new StoredTag("k", "v" + tag));
    return new DatasetGroupContent(name, ALL, Optional.empty(), Optional.empty(), tags);
  }

  /** Those who succeeded; all others were refused for that reason. */
  private static <T> List<T> winners(List<Callers.Answer<T>> answers, int count, Reason others) {
    List<T> values = answers.stream().map(Callers.Answer::value).filter(Objects::nonNull).toList();
    assertThat(values).hasSize(count);
    assertThat(answers)
        .filteredOn(answer -> answer.thrown() != null)
        .hasSize(CALLERS - count)
        .allSatisfy(
            answer ->
                assertThat(answer.thrown())
                    .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(others)));
    return values;
  }
}
