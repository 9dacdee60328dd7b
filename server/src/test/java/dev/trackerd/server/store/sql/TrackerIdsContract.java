package dev.trackerd.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ids ascend and are not used again, whatever the clock does. */
public abstract class TrackerIdsContract extends StoreContract {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void create_givesAscendingIdsInOneMillisecond() {
    TrackerStore store = at(NOON);
    List<TrackerContent> contents = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      contents.add(named("n" + i));
    }
    List<StoredTracker> all = new ArrayList<>(store.createAll(ANNA, contents));
    all.add(store.create(BERT, named("last")));
    assertThat(all).extracting(StoredTracker::id).isSorted().doesNotHaveDuplicates();
    assertThat(all)
        .extracting(tracker -> String.valueOf(tracker.id()))
        .allMatch(id -> id.matches("[1-9][0-9]{15}"));
    assertThat(all.get(all.size() - 1).id()).isLessThan(1L << 53);
  }

  @Test
  void create_continuesAboveTheGreatestWhenTheClockIsSetBack() {
    AccountId carl = new AccountId("000000000003");
    StoredTracker latest;
    try (Stores stores = open(config -> config.withClock(fixed(NOON)))) {
      stores.trackers().create(BERT, named("a"));
      latest = stores.trackers().create(ANNA, named("a"));
    }
    TrackerStore store = at(NOON.minus(Duration.ofDays(400)));
    long next = store.create(carl, named("a")).id();
    assertThat(next).isGreaterThan(latest.id());
    assertThat(store.create(ANNA, named("b")).id()).isGreaterThan(next);
  }

  @Test
  void create_usesNoIdOfADeletedTrackerAgain() {
    long first;
    long second;
    try (Stores stores = open(config -> config.withClock(fixed(NOON)))) {
      first = stores.trackers().create(ANNA, named("a")).id();
      second = stores.trackers().create(ANNA, named("b")).id();
      stores.trackers().delete(ANNA, second);
      stores.trackers().delete(ANNA, first);
    }
    long third;
    try (Stores stores = open(config -> config.withClock(fixed(NOON.minusSeconds(60))))) {
      third = stores.trackers().create(BERT, named("a")).id();
      assertThat(third).isGreaterThan(second);
      stores.trackers().delete(BERT, third);
    }
    assertThat(at(NOON.minusSeconds(120)).create(ANNA, named("a")).id()).isGreaterThan(third);
  }

  @Test
  void create_drawsAgainWhenAnIdIsTaken() {
    // Two that know nothing of each other draw the same ids.
    TrackerStore one = at(NOON);
    TrackerStore two = at(NOON);
    StoredTracker first = one.create(ANNA, named("a"));
    List<StoredTracker> others = two.createAll(ANNA, List.of(named("b"), named("c")));
    assertThat(others)
        .extracting(StoredTracker::id)
        .containsExactly(first.id() + 1, first.id() + 2);
    StoredTracker last = one.create(ANNA, named("d"));
    assertThat(last.id()).isEqualTo(first.id() + 3);
    assertThat(walk(one, ANNA, 10)).containsExactly(first, others.get(0), others.get(1), last);
  }

  private TrackerStore at(Instant now) {
    return open(config -> config.withClock(fixed(now)).withRandom(new SplittableRandom(7)))
        .trackers();
  }

  private static Clock fixed(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
