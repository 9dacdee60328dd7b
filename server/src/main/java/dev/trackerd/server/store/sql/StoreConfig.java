package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.EventTrackerRules;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What every engine takes, whichever it is.
 *
 * @param maxConcurrentWritesPerAccount creates and updates that an account may have in flight, over
 *     all processes; 0 for no limit
 * @param maxTrackersPerAccount the most trackers one account may have; 0 for no limit
 * @param eventTrackers what an operator may choose of event trackers
 * @param connections the most connections to a database that is a server; at least 1. An engine in
 *     this process has its own number
 * @param clock what ids are made from, and what an event tracker's state depends on
 * @param random what ids are made from; used by one thread at a time
 */
public record StoreConfig(
    int maxConcurrentWritesPerAccount,
    int maxTrackersPerAccount,
    EventTrackerRules eventTrackers,
    int connections,
    Clock clock,
    RandomGenerator random) {
  private static final int CONNECTIONS = 10;

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if a limit is negative, or {@code connections} below 1
   */
  public StoreConfig {
    require(maxConcurrentWritesPerAccount, 0, "maxConcurrentWritesPerAccount");
    require(maxTrackersPerAccount, 0, "maxTrackersPerAccount");
    require(connections, 1, "connections");
  }

  /** No limit, 10 connections, the system's clock. */
  public static StoreConfig unlimited() {
    return new StoreConfig(
        0, 0, EventTrackerRules.NONE, CONNECTIONS, Clock.systemUTC(), new SplittableRandom());
  }

  /** The same with another limit; 0 for none. */
  public StoreConfig withMaxConcurrentWritesPerAccount(int max) {
    return new StoreConfig(max, maxTrackersPerAccount, eventTrackers, connections, clock, random);
  }

  /** The same with another limit; 0 for none. */
  public StoreConfig withMaxTrackersPerAccount(int max) {
    return new StoreConfig(
        maxConcurrentWritesPerAccount, max, eventTrackers, connections, clock, random);
  }

  /** The same with other rules for event trackers. */
  public StoreConfig withEventTrackers(EventTrackerRules rules) {
    return new StoreConfig(
        maxConcurrentWritesPerAccount, maxTrackersPerAccount, rules, connections, clock, random);
  }

  /** The same with another number of connections. */
  public StoreConfig withConnections(int most) {
    return new StoreConfig(
        maxConcurrentWritesPerAccount, maxTrackersPerAccount, eventTrackers, most, clock, random);
  }

  /** The same with another clock. */
  public StoreConfig withClock(Clock other) {
    return new StoreConfig(
        maxConcurrentWritesPerAccount,
        maxTrackersPerAccount,
        eventTrackers,
        connections,
        other,
        random);
  }

  /** The same with another source of random numbers. */
  public StoreConfig withRandom(RandomGenerator other) {
    return new StoreConfig(
        maxConcurrentWritesPerAccount,
        maxTrackersPerAccount,
        eventTrackers,
        connections,
        clock,
        other);
  }

  private static void require(int value, int least, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " or more)");
    }
  }
}
