package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.EventTrackerRules;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What every engine takes, whichever it is.
 *
 * @param maxTrackersPerAccount the most trackers one account may have; 0 for no limit
 * @param eventTrackers what an operator may choose of event trackers
 * @param clock what ids are made from, and what an event tracker's state depends on
 * @param random what ids are made from; used by one thread at a time
 */
public record StoreConfig(
    int maxTrackersPerAccount,
    EventTrackerRules eventTrackers,
    Clock clock,
    RandomGenerator random) {

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if {@code maxTrackersPerAccount} is negative
   */
  public StoreConfig {
    if (maxTrackersPerAccount < 0) {
      throw new IllegalArgumentException(
          "maxTrackersPerAccount: " + maxTrackersPerAccount + " (expected: 0 or more)");
    }
  }

  /** No limit, the system's clock. */
  public static StoreConfig unlimited() {
    return new StoreConfig(0, EventTrackerRules.NONE, Clock.systemUTC(), new SplittableRandom());
  }

  /** The same with another limit; 0 for none. */
  public StoreConfig withMaxTrackersPerAccount(int max) {
    return new StoreConfig(max, eventTrackers, clock, random);
  }

  /** The same with other rules for event trackers. */
  public StoreConfig withEventTrackers(EventTrackerRules rules) {
    return new StoreConfig(maxTrackersPerAccount, rules, clock, random);
  }

  /** The same with another clock. */
  public StoreConfig withClock(Clock other) {
    return new StoreConfig(maxTrackersPerAccount, eventTrackers, other, random);
  }

  /** The same with another source of random numbers. */
  public StoreConfig withRandom(RandomGenerator other) {
    return new StoreConfig(maxTrackersPerAccount, eventTrackers, clock, other);
  }
}
