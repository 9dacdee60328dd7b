package dev.trackerd.server.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;

/** Callers that call one time after the other until this is closed, and what that comes to. */
final class CallerLoad implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService threads;
  private final Semaphore answered = new Semaphore(0);
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean over;

  /**
   * Starts to call.
   *
   * @param call of the caller with that number, from 0; returns the HTTP status
   */
  CallerLoad(int callers, IntUnaryOperator call) {
    threads = Executors.newFixedThreadPool(callers);
    for (int n = 0; n < callers; n++) {
      int number = n;
      threads.execute(() -> run(number, call));
    }
  }

  private void run(int number, IntUnaryOperator call) {
    while (!over) {
      long begin = System.nanoTime();
      try {
        int status = call.applyAsInt(number);
        if (status != 200) {
          failures.add(Integer.toString(status));
        }
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
      longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
      answered.release();
    }
  }

  /** Waits for so many more answers. */
  void await(int more) throws InterruptedException {
    answered.drainPermits();
    if (!answered.tryAcquire(more, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("not so many answers: " + more);
    }
  }

  /** What calls came to that were not answered with 200. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  @Override
  public void close() {
    over = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("a caller has no answer");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
