package dev.trackerd.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TrackerIdsTest {
  private static final long EPOCH = 1_420_070_400_000L; // 2015-01-01T00:00:00Z
  private static final long NOON = Instant.parse("2026-11-20T12:00:00Z").toEpochMilli();

  private long now = NOON;
  private final Clock clock =
      ((InstantSource) () -> Instant.ofEpochMilli(now)).withZone(ZoneOffset.UTC);

  @Test
  void next_isTheTimeAndACounterThatStartsAtRandom() {
    RandomGenerator random = new SplittableRandom(3);
    TrackerIds ids = new TrackerIds(clock, random, 0);
    boolean[] starts = new boolean[4096];
    for (int i = 0; i < 20_000; i++) {
      now++;
      long id = ids.next();
      assertThat(id / 4096).isEqualTo(now - EPOCH);
      starts[(int) (id % 4096)] = true;
      assertThat(ids.next()).isEqualTo(id + 1);
    }
    assertThat(count(starts, 0, 2048)).isGreaterThan(2000);
    assertThat(count(starts, 2048, 4096)).isZero();
  }

  @Test
  void next_runsOverIntoTheNextMillisecond() {
    TrackerIds ids = new TrackerIds(clock, new SplittableRandom(), 0);
    long first = ids.next();
    long last = first;
    for (int i = 0; i < 10_000; i++) {
      long id = ids.next();
      assertThat(id).isEqualTo(last + 1);
      last = id;
    }
    now++; // the ids are ahead of the clock now
    assertThat(ids.next()).isEqualTo(last + 1);
    now += 10;
    assertThat(ids.next() / 4096).isEqualTo(now - EPOCH);
  }

  @Test
  void next_ascendsWhenTheClockIsSetBack() {
    TrackerIds ids = new TrackerIds(clock, new SplittableRandom(), 0);
    long id = ids.next();
    now -= 100_000;
    assertThat(ids.next()).isEqualTo(id + 1);
  }

  @Test
  void next_startsAboveWhatItIsGiven() {
    long before = (NOON + 5000 - EPOCH) * 4096;
    assertThat(new TrackerIds(clock, new SplittableRandom(), before).next()).isEqualTo(before + 1);
  }

  @Test
  void next_hasSixteenDigitsWhateverTheClockSays() {
    now = 0;
    TrackerIds ids = new TrackerIds(clock, new SplittableRandom(), 0);
    assertThat(ids.next()).isEqualTo(1_000_000_000_000_000L);
    now = Instant.parse("2084-01-01T00:00:00Z").toEpochMilli();
    assertThat(String.valueOf(ids.next())).hasSize(16);
  }

  @Test
  void next_endsBelowTwoToThe53() {
    TrackerIds ids = new TrackerIds(clock, new SplittableRandom(), (1L << 53) - 2);
    assertThat(ids.next()).isEqualTo((1L << 53) - 1);
    StoreContract.assertRefused(
        dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE, ids::next);
  }

  private static int count(boolean[] flags, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += flags[i] ? 1 : 0;
    }
    return count;
  }
}
