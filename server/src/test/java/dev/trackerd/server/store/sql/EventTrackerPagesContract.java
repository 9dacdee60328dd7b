package dev.trackerd.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.Page;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredEventTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an event tracker store lists. */
public abstract class EventTrackerPagesContract extends EventTrackerContract {
  private static final int COUNT = 7;

  private EventTrackerStore store;

  @BeforeEach
  void openStore() {
    store = open().eventTrackers();
  }

  @Test
  void lists_areInTheOrderOfCreationInPagesOfAnySize() {
    List<StoredEventTracker> trackers = fill();
    List<String> groups = trackers.stream().map(t -> t.content().datasetGroup()).toList();
    for (int limit = 1; limit <= COUNT + 1; limit++) {
      assertThat(walk((place, max) -> store.list(ANNA, ALL, place, max), limit))
          .isEqualTo(trackers);
      assertThat(walk((place, max) -> store.listDatasetGroups(ANNA, place, max), limit))
          .extracting(group -> group.content().name())
          .isEqualTo(groups);
      assertThat(walk((place, max) -> store.listDatasets(ANNA, ALL, place, max), limit))
          .extracting(StoredDataset::datasetGroup)
          .isEqualTo(groups);
      assertThat(store.list(ANNA, ALL, 0, limit).next().isPresent()).isEqualTo(limit < COUNT);
    }
  }

  @Test
  void lists_canBeOfOneGroup() {
    List<StoredEventTracker> trackers = fill();
    StoredEventTracker some = trackers.get(3);
    Optional<String> group = Optional.of(some.content().datasetGroup());
    assertThat(store.list(ANNA, group, 0, 10))
        .isEqualTo(new Page<>(List.of(some), OptionalLong.empty()));
    assertThat(store.listDatasets(ANNA, group, 0, 10).items())
        .extracting(StoredDataset::datasetGroup)
        .containsExactly(group.get());
    assertThat(store.list(ANNA, Optional.of("none"), 0, 10).items()).isEmpty();
    assertThat(store.listDatasets(ANNA, Optional.of("none"), 0, 10).items()).isEmpty();
  }

  @Test
  void lists_meetEveryOneOnceWhileOthersComeAndGo() {
    List<StoredEventTracker> trackers = fill();
    Page<StoredEventTracker> first = store.list(ANNA, ALL, 0, 3);
    assertThat(first.items()).isEqualTo(trackers.subList(0, 3));
    // The one that the page ended with, one before, one ahead, and the very last.
    for (int gone : new int[] {2, 0, 4, COUNT - 1}) {
      store.delete(ANNA, trackers.get(gone).id());
    }
    StoredEventTracker made = createIn(store, ANNA, "new");
    Page<StoredEventTracker> second = store.list(ANNA, ALL, first.next().orElseThrow(), 10);
    assertThat(second.items()).containsExactly(trackers.get(3), trackers.get(5), made);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void list_neverGivesAPlaceTwice() {
    fill();
    StoredEventTracker last = createIn(store, ANNA, "last");
    createIn(store, ANNA, "more");
    Page<StoredEventTracker> page = store.list(ANNA, ALL, 0, COUNT + 1);
    assertThat(page.items()).endsWith(last);
    for (StoredEventTracker tracker : trackers(store, ANNA)) {
      store.delete(ANNA, tracker.id());
    }
    StoredEventTracker anew = store.create(ANNA, of("last"));
    assertThat(store.list(ANNA, ALL, page.next().orElseThrow(), 10).items()).containsExactly(anew);
  }

  @Test
  void lists_refuseALimitBelowOne() {
    assertThatThrownBy(() -> store.list(ANNA, ALL, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit");
    assertThatThrownBy(() -> store.listDatasetGroups(ANNA, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.listDatasets(ANNA, ALL, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Names descend, so that no order but that of creation fits. */
  private List<StoredEventTracker> fill() {
    List<StoredEventTracker> trackers = new ArrayList<>();
    for (int i = COUNT; i > 0; i--) {
      trackers.add(createIn(store, ANNA, "g" + i));
      createIn(store, BERT, "g" + i);
    }
    return trackers;
  }
}
