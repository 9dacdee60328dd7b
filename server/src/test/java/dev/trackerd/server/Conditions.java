package dev.trackerd.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens on other threads and in other processes. */
public final class Conditions {
  private static final Duration PAUSE = Duration.ofMillis(5);

  private Conditions() {}

  /** What is waited for. */
  @FunctionalInterface
  public interface Condition {
    /** Whether it holds now. */
    boolean holds() throws Exception;
  }

  /**
   * Returns once a condition holds, and how long that took.
   *
   * @throws AssertionError if it does not within the time
   */
  public static Duration within(Duration most, String what, Condition condition) {
    long begin = System.nanoTime();
    while (true) {
      // Before it is asked: an answer that took too long is too late as well.
      Duration passed = Duration.ofNanos(System.nanoTime() - begin);
      if (passed.compareTo(most) > 0) {
        throw new AssertionError("not within " + most + ": " + what);
      }
      if (holds(condition)) {
        return Duration.ofNanos(System.nanoTime() - begin);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
