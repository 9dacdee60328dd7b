package dev.trackerd.server.rpc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that calls are refused, at most once a second, and how many since. Thread-safe. */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicLong last;

  RefusalLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.last = new AtomicLong(nanoTime.getAsLong() - PERIOD_NANOS);
  }

  /** Takes note of a refusal. */
  void refused(String why) {
    refused.incrementAndGet();
    long now = nanoTime.getAsLong();
    long before = last.get();
    if (now - before >= PERIOD_NANOS && last.compareAndSet(before, now)) {
      LOG.warn("overloaded: refused {} calls, the last because {}", refused.getAndSet(0), why);
    }
  }
}
