package dev.trackerd.server.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens in other processes. */
final class Conditions {
  private static final Duration PAUSE = Duration.ofMillis(5);

  private Conditions() {}

  /**
   * Returns once a condition holds, and how long that took.
   *
   * @throws AssertionError if it does not within the time
   */
  static Duration within(Duration most, String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (true) {
      // Before it is asked: an answer that took too long is too late as well.
      Duration passed = Duration.ofNanos(System.nanoTime() - begin);
      if (passed.compareTo(most) > 0) {
        throw new AssertionError("not within " + most + ": " + what);
      }
      if (condition.getAsBoolean()) {
        return Duration.ofNanos(System.nanoTime() - begin);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
