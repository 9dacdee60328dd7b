package dev.trackerd.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerPage;
import dev.trackerd.server.store.TrackerStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a tracker store lists. */
public abstract class TrackerPagesContract extends StoreContract {
  private static final int TRACKERS = 12;
  private static final int MEBIBYTE = 1 << 20;

  private TrackerStore store;

  @BeforeEach
  void openStore() {
    store = open().trackers();
  }

  @Test
  void list_ofNothingIsEmpty() {
    store.create(BERT, named("a"));
    assertThat(store.list(ANNA, 0, 10)).isEqualTo(new TrackerPage(List.of(), false));
  }

  @Test
  void list_refusesALimitBelowOne() {
    assertThatThrownBy(() -> store.list(ANNA, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit");
  }

  @Test
  void list_walksAllInPagesOfAnySize() {
    List<StoredTracker> all = fill();
    for (int limit = 1; limit <= TRACKERS + 1; limit++) {
      assertThat(walk(store, ANNA, limit)).isEqualTo(all);
      TrackerPage first = store.list(ANNA, 0, limit);
      assertThat(first.trackers()).isEqualTo(all.subList(0, Math.min(limit, TRACKERS)));
      assertThat(first.more()).isEqualTo(limit < TRACKERS);
    }
    assertThat(store.list(ANNA, 0, Integer.MAX_VALUE)).isEqualTo(new TrackerPage(all, false));
  }

  @Test
  void list_startsBehindAnIdThatNeedNotExist() {
    List<StoredTracker> all = fill();
    long middle = all.get(5).id();
    assertThat(store.list(ANNA, middle, 100).trackers()).isEqualTo(all.subList(6, TRACKERS));
    assertThat(store.list(ANNA, middle - 1, 1).trackers()).containsExactly(all.get(5));
    store.delete(ANNA, middle);
    assertThat(store.list(ANNA, middle, 100).trackers()).isEqualTo(all.subList(6, TRACKERS));
    assertThat(store.list(ANNA, Long.MAX_VALUE, 100)).isEqualTo(new TrackerPage(List.of(), false));
  }

  @Test
  void list_meetsEveryTrackerOnceWhileOthersComeAndGo() {
    for (int limit = 1; limit <= TRACKERS + 1; limit++) {
      walkWithChanges("walk " + limit + " ", limit);
    }
  }

  /** Between two pages, one tracker behind the walk and one ahead of it go, and a new one comes. */
  private void walkWithChanges(String prefix, int limit) {
    List<StoredTracker> before = fill(prefix);
    Set<StoredTracker> stay = new HashSet<>(before);
    Set<Long> goneUnseen = new HashSet<>();
    List<StoredTracker> met = new ArrayList<>();
    TrackerPage page = store.list(ANNA, before.get(0).id() - 1, limit);
    for (int step = 0; page.more() && step < TRACKERS; step++) {
      met.addAll(page.trackers());
      long last = met.get(met.size() - 1).id();
      store.delete(ANNA, met.get(met.size() - 1).id());
      StoredTracker ahead = store.list(ANNA, last, 1).trackers().get(0);
      store.delete(ANNA, ahead.id());
      goneUnseen.add(ahead.id());
      stay.remove(met.get(met.size() - 1));
      stay.remove(ahead);
      stay.add(store.create(ANNA, named(prefix + "new " + step)));
      page = store.list(ANNA, last, limit);
    }
    while (page.more()) {
      met.addAll(page.trackers());
      page = store.list(ANNA, met.get(met.size() - 1).id(), limit);
    }
    met.addAll(page.trackers());
    assertThat(met).containsAll(stay).doesNotHaveDuplicates();
    assertThat(met).extracting(StoredTracker::id).isSorted();
    assertThat(met).noneMatch(tracker -> goneUnseen.contains(tracker.id()));
  }

  @Test
  void list_endsAPageBeforeItGetsTooLong() {
    List<StoredTracker> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(store.create(ANNA, ofLength("t" + i, MEBIBYTE)));
    }
    // Three mebibytes of phrases and the names pass the bound.
    assertThat(store.list(ANNA, 0, 100)).isEqualTo(new TrackerPage(all.subList(0, 2), true));
    assertThat(walk(store, ANNA, 100)).isEqualTo(all);
  }

  @Test
  void list_fillsAPageUpToTheBound() {
    List<StoredTracker> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(store.create(ANNA, ofLength("t" + i, MEBIBYTE - 100)));
    }
    assertThat(store.list(ANNA, 0, 100)).isEqualTo(new TrackerPage(all.subList(0, 3), true));
    assertThat(store.list(ANNA, 0, 3)).isEqualTo(new TrackerPage(all.subList(0, 3), true));
    assertThat(store.list(ANNA, all.get(0).id(), 100))
        .isEqualTo(new TrackerPage(all.subList(1, 4), false));
  }

  @Test
  void list_countsBytesAndNotCharacters() {
    List<StoredTracker> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String phrase = "é".repeat(MEBIBYTE / 2);
      all.add(store.create(ANNA, StoredContents.of("t" + i, List.of(phrase))));
    }
    assertThat(store.list(ANNA, 0, 100)).isEqualTo(new TrackerPage(all.subList(0, 2), true));
  }

  @Test
  void list_givesOneTrackerHoweverLong() {
    int tooLong = (int) TrackerStore.PAGE_BYTES + 1;
    StoredTracker small = store.create(ANNA, named("small"));
    StoredTracker big = store.create(ANNA, ofLength("big", tooLong));
    StoredTracker last = store.create(ANNA, named("last"));
    assertThat(store.list(ANNA, 0, 100)).isEqualTo(new TrackerPage(List.of(small), true));
    assertThat(store.list(ANNA, small.id(), 100)).isEqualTo(new TrackerPage(List.of(big), true));
    assertThat(store.list(ANNA, big.id(), 100)).isEqualTo(new TrackerPage(List.of(last), false));
  }

  private List<StoredTracker> fill() {
    return fill("t");
  }

  private List<StoredTracker> fill(String prefix) {
    List<StoredTracker> all = new ArrayList<>();
    for (int i = 0; i < TRACKERS; i++) {
      all.add(store.create(ANNA, named(prefix + i)));
      store.create(BERT, named(prefix + i));
    }
    return all;
  }

  private static TrackerContent ofLength(String name, int length) {
    return StoredContents.of(name, List.of("x".repeat(length)));
  }
}
