package dev.trackerd.server.rpc;

import dev.trackerd.server.store.StoreException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Tells of the calls that a store which does not answer makes fail: of the first, and then once in
 * ten seconds how many there were. Each on its own would be thousands of lines that say the same.
 * Thread-safe.
 */
final class UnavailableLog {
  private static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

  private final Logger log;
  private final LongSupplier ticker;
  private boolean told;
  private long toldAt;
  private long untold;

  /**
   * A log that has told nothing.
   *
   * @param ticker nanoseconds since any moment
   */
  UnavailableLog(Logger log, LongSupplier ticker) {
    this.log = log;
    this.ticker = ticker;
  }

  /** A call failed. */
  synchronized void failed(StoreException failure, String requestId) {
    long now = ticker.getAsLong();
    if (told && now - toldAt < PERIOD) {
      untold++;
      return;
    }
    log.atError()
        .addKeyValue("request_id", requestId)
        .addKeyValue("more_since", untold)
        .log("call failed: the store does not answer: {}", failure.getMessage());
    told = true;
    toldAt = now;
    untold = 0;
  }
}
