package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.EventTrackerStatus.ACTIVE;
import static dev.trackerd.server.store.EventTrackerStatus.CREATE_IN_PROGRESS;
import static dev.trackerd.server.store.EventTrackerStatus.CREATE_PENDING;
import static dev.trackerd.server.store.EventTrackerStatus.DELETE_IN_PROGRESS;
import static dev.trackerd.server.store.EventTrackerStatus.DELETE_PENDING;
import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.IN_USE;
import static dev.trackerd.server.store.StoreException.Reason.LIMIT;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.auth.TestTime;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.EventTrackerStatus;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.StoredEventTracker;
import dev.trackerd.server.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How event trackers come and go as time goes on. */
public abstract class EventTrackerLifeContract extends EventTrackerContract {
  private static final Duration TICK = Duration.ofMillis(1);
  private static final Duration HALF = Duration.ofSeconds(1);
  private static final Instant START = new TestTime().instant();

  private final TestTime clock = new TestTime();

  private Stores open(Duration delay, int max) {
    return open(
        config -> config.withClock(clock).withEventTrackers(new EventTrackerRules(max, delay)));
  }

  private EventTrackerStore slow() {
    return open(HALF.multipliedBy(2), 0).eventTrackers();
  }

  @Test
  void create_passesThroughItsStates() {
    EventTrackerStore store = slow();
    StoredEventTracker made = createIn(store, ANNA, "g");
    assertThat(made.status()).isEqualTo(CREATE_PENDING);
    assertStage(store, made, CREATE_PENDING, START);
    clock.pass(HALF.minus(TICK));
    assertStage(store, made, CREATE_PENDING, START);
    clock.pass(TICK);
    assertStage(store, made, CREATE_IN_PROGRESS, START.plus(HALF));
    clock.pass(HALF.minus(TICK));
    assertStage(store, made, CREATE_IN_PROGRESS, START.plus(HALF));
    clock.pass(TICK);
    assertStage(store, made, ACTIVE, START.plus(HALF).plus(HALF));
    clock.pass(Duration.ofDays(1));
    assertStage(store, made, ACTIVE, START.plus(HALF).plus(HALF));
  }

  @Test
  void delete_passesThroughItsStates() {
    EventTrackerStore store = slow();
    StoredEventTracker made = createIn(store, ANNA, "g");
    clock.pass(Duration.ofHours(1));
    Instant asked = clock.instant();
    store.delete(ANNA, made.id());
    assertStage(store, made, DELETE_PENDING, asked);
    clock.pass(HALF.minus(TICK));
    assertStage(store, made, DELETE_PENDING, asked);
    clock.pass(TICK);
    assertStage(store, made, DELETE_IN_PROGRESS, asked.plus(HALF));
    clock.pass(HALF.minus(TICK));
    assertStage(store, made, DELETE_IN_PROGRESS, asked.plus(HALF));
    clock.pass(TICK);
    assertGone(store, made);
  }

  @Test
  void delete_isRefusedInEveryStateOnTheWay() {
    EventTrackerStore store = slow();
    StoredEventTracker made = createIn(store, ANNA, "g");
    for (EventTrackerStatus status :
        new EventTrackerStatus[] {CREATE_PENDING, CREATE_IN_PROGRESS}) {
      assertThat(store.get(ANNA, made.id()).status()).isEqualTo(status);
      assertRefused(IN_USE, () -> store.delete(ANNA, made.id()));
      assertThat(store.get(ANNA, made.id()).status()).isEqualTo(status);
      clock.pass(HALF);
    }
    store.delete(ANNA, made.id());
    for (EventTrackerStatus status :
        new EventTrackerStatus[] {DELETE_PENDING, DELETE_IN_PROGRESS}) {
      assertThat(store.get(ANNA, made.id()).status()).isEqualTo(status);
      assertRefused(IN_USE, () -> store.delete(ANNA, made.id()));
      clock.pass(HALF);
    }
    // The refused deletions have not begun anew.
    assertGone(store, made);
    assertRefused(NOT_FOUND, () -> store.delete(ANNA, made.id()));
  }

  @Test
  void create_waitsUntilTheOldOneIsGone() {
    EventTrackerStore store = slow();
    StoredEventTracker old = createIn(store, ANNA, "g");
    clock.pass(HALF.multipliedBy(2));
    store.delete(ANNA, old.id());
    assertRefused(ALREADY_EXISTS, () -> store.create(ANNA, of("g")));
    clock.pass(HALF.multipliedBy(2).minus(TICK));
    assertRefused(ALREADY_EXISTS, () -> store.create(ANNA, of("g")));
    clock.pass(TICK);
    StoredEventTracker made = store.create(ANNA, of("g"));
    assertThat(trackers(store, ANNA)).containsExactly(made);
    assertThat(store.listDatasets(ANNA, ALL, 0, 10).items())
        .extracting(dataset -> dataset.createdAt())
        .containsExactly(START);
  }

  @Test
  void create_countsThoseThatAreDeletedNoMore() {
    EventTrackerStore store = open(HALF.multipliedBy(2), 1).eventTrackers();
    StoredEventTracker first = createIn(store, ANNA, "a");
    store.createDatasetGroup(ANNA, DatasetGroupContent.named("b"));
    assertRefused(LIMIT, () -> store.create(ANNA, of("b")));
    clock.pass(HALF.multipliedBy(2));
    store.delete(ANNA, first.id());
    StoredEventTracker second = store.create(ANNA, of("b"));
    assertThat(trackers(store, ANNA))
        .extracting(StoredEventTracker::id)
        .containsExactly(first.id(), second.id());
  }

  @Test
  void life_goesOnWhileTheStoreIsClosed() {
    StoredEventTracker made;
    try (Stores stores = open(HALF.multipliedBy(2), 0)) {
      made = createIn(stores.eventTrackers(), ANNA, "g");
    }
    clock.pass(HALF);
    try (Stores stores = open(HALF.multipliedBy(2), 0)) {
      assertStage(stores.eventTrackers(), made, CREATE_IN_PROGRESS, START.plus(HALF));
    }
    clock.pass(HALF);
    Instant asked = clock.instant();
    try (Stores stores = open(HALF.multipliedBy(2), 0)) {
      assertStage(stores.eventTrackers(), made, ACTIVE, asked);
      stores.eventTrackers().delete(ANNA, made.id());
    }
    clock.pass(HALF);
    try (Stores stores = open(HALF.multipliedBy(2), 0)) {
      assertStage(stores.eventTrackers(), made, DELETE_IN_PROGRESS, asked.plus(HALF));
    }
    clock.pass(HALF);
    try (Stores stores = open(HALF.multipliedBy(2), 0)) {
      assertGone(stores.eventTrackers(), made);
    }
  }

  @Test
  void life_keepsTheDelayItBeganWith() {
    StoredEventTracker made;
    try (Stores stores = open(HALF.multipliedBy(2), 0)) {
      made = createIn(stores.eventTrackers(), ANNA, "g");
    }
    EventTrackerStore atOnce = open(Duration.ZERO, 0).eventTrackers();
    assertStage(atOnce, made, CREATE_PENDING, START);
    assertRefused(IN_USE, () -> atOnce.delete(ANNA, made.id()));
    clock.pass(HALF.multipliedBy(2));
    atOnce.delete(ANNA, made.id());
    assertGone(atOnce, made);
  }

  @Test
  void delay_isHalvedToTheMillisecond() {
    EventTrackerStore store = open(Duration.ofMillis(3), 0).eventTrackers();
    StoredEventTracker made = createIn(store, ANNA, "g");
    clock.pass(TICK);
    assertStage(store, made, CREATE_IN_PROGRESS, START.plus(TICK));
    clock.pass(TICK);
    assertStage(store, made, CREATE_IN_PROGRESS, START.plus(TICK));
    clock.pass(TICK);
    assertStage(store, made, ACTIVE, START.plusMillis(3));
  }

  private static void assertStage(
      EventTrackerStore store, StoredEventTracker made, EventTrackerStatus status, Instant since) {
    StoredEventTracker expected =
        new StoredEventTracker(made.id(), made.content(), made.trackingId(), status, START, since);
    assertThat(store.get(ANNA, made.id())).isEqualTo(expected);
    assertThat(store.list(ANNA, ALL, 0, 10).items()).containsExactly(expected);
    assertThat(store.list(ANNA, Optional.of("g"), 0, 10).items()).containsExactly(expected);
  }

  private static void assertGone(EventTrackerStore store, StoredEventTracker made) {
    assertRefused(NOT_FOUND, () -> store.get(ANNA, made.id()));
    assertThat(store.list(ANNA, ALL, 0, 10).items()).isEmpty();
    assertThat(store.list(ANNA, Optional.of("g"), 0, 10).items()).isEmpty();
  }
}
