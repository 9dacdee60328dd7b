package dev.trackerd.server.assembly;

import dev.trackerd.gateway.DaemonThreads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one timer thread of the calls: their deadlines inside the process, and a look at all of them
 * four times a second. A timer thread is woken for a task that is due before all others; calls come
 * and go far ahead of their deadlines, and with the next look always due before those, no call
 * wakes it. Thread-safe.
 */
final class Timers implements AutoCloseable {
  private static final int SWEEP_MILLIS = 250;

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("deadline"));

  Timers(Runnable sweep) {
    thread.setRemoveOnCancelPolicy(true);
    thread.scheduleWithFixedDelay(sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  ScheduledExecutorService deadlines() {
    return thread;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
