package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Makes ids: milliseconds since 2015 times 4096, plus a counter that starts at random in the lower
 * half of its range and counts up. 16 decimal digits until the year 2084, where they would leave
 * the 2^53 integers that a double holds. Strictly ascending whatever the clock does. Thread-safe.
 */
final class TrackerIds {
  private static final long EPOCH = Instant.parse("2015-01-01T00:00:00Z").toEpochMilli();
  private static final long PER_MILLISECOND = 4096;
  private static final long LEAST = 1_000_000_000_000_000L;
  private static final long END = 1L << 53;

  private final Clock clock;
  private final RandomGenerator random;
  private long last;

  /** Makes ids above {@code last}, which may be 0. */
  TrackerIds(Clock clock, RandomGenerator random, long last) {
    this.clock = clock;
    this.random = random;
    this.last = Math.max(last, LEAST - 1);
  }

  /** Returns an id greater than all before. */
  synchronized long next() {
    long now = (clock.millis() - EPOCH) * PER_MILLISECOND;
    // Not above: in the same millisecond, or one that ran over, or the clock was set back.
    long id = now > last ? now + random.nextLong(PER_MILLISECOND / 2) : last + 1;
    if (id >= END) {
      throw StoreException.unavailable("no tracker ids left; is the clock right?");
    }
    last = id;
    return id;
  }
}
