package dev.trackerd.server.store;

import java.time.Duration;

/**
 * What an operator may choose of event trackers.
 *
 * @param maxPerAccount the most event trackers one account may have; 0 for no limit
 * @param delay how long one is being made, and how long one is being deleted; half of it in the
 *     first state, half in the second, to the millisecond. Zero for at once. Those that are on
 *     their way keep the delay they began with
 */
public record EventTrackerRules(int maxPerAccount, Duration delay) {
  /** No limit, everything at once. */
  public static final EventTrackerRules NONE = new EventTrackerRules(0, Duration.ZERO);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if {@code maxPerAccount} or {@code delay} is negative
   */
  public EventTrackerRules {
    if (maxPerAccount < 0) {
      throw new IllegalArgumentException(
          "maxPerAccount: " + maxPerAccount + " (expected: 0 or more)");
    }
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay: " + delay + " (expected: zero or more)");
    }
  }
}
