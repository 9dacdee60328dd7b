package dev.trackerd.server.assembly;

import dev.trackerd.gateway.DaemonThreads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timer of the calls inside the process, and of the look at all calls. Nearly every call ends
 * long before its deadline, so that what counts is the price of a deadline that is never met: one
 * is put into a set and taken out again, without a queue in order, a lock for all, or a thread that
 * is woken. In return one that is met is told up to 50 ms late. Thread-safe.
 */
final class Timers extends ScheduledThreadPoolExecutor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
  private static final int TICK_MILLIS = 50;
  private static final int SWEEP_MILLIS = 250;

  private final Set<Coarse> deadlines = ConcurrentHashMap.newKeySet();

  /** Looks at all calls by {@code sweep}, four times a second. */
  Timers(Runnable sweep) {
    super(1, DaemonThreads.named("deadline"));
    scheduleWithFixedDelay(lasting(this::tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    scheduleWithFixedDelay(lasting(sweep), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    Coarse deadline = new Coarse(task, System.nanoTime() + unit.toNanos(delay));
    deadlines.add(deadline);
    return deadline;
  }

  @Override
  public void close() {
    shutdownNow();
  }

  int pending() {
    return deadlines.size();
  }

  /**
   * What is thrown out of a task that repeats would end the repeating, and with it all deadlines.
   */
  private static Runnable lasting(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.error("a look at the calls failed", e);
      }
    };
  }

  private void tick() {
    long now = System.nanoTime();
    for (Coarse deadline : deadlines) {
      if (deadline.due - now <= 0) {
        deadline.run();
      }
    }
  }

  /** Leaves the set when it was run or cancelled. What it throws stays in it. */
  private final class Coarse extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long due;

    Coarse(Runnable task, long due) {
      super(task, null);
      this.due = due;
    }

    @Override
    protected void done() {
      deadlines.remove(this);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
