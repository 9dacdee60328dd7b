package dev.trackerd.server.assembly;

import dev.trackerd.gateway.DaemonThreads;
import dev.trackerd.server.store.IdempotencyStore;
import dev.trackerd.server.store.StoreException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes idempotency keys that are not known any more, once a minute, on a thread of its own. A
 * change removes few of them, so that the changes of callers never wait for long behind one.
 */
final class IdempotencySweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotencySweep.class);
  private static final int STEP = 100;
  private static final int PERIOD_SECONDS = 60;

  private final IdempotencyStore keys;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("sweep"));

  /** Begins; {@code keys} stays its owner's to close, after this. */
  IdempotencySweep(IdempotencyStore keys) {
    this.keys = keys;
    thread.scheduleWithFixedDelay(this::run, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** Removes all that there are, in steps. */
  void run() {
    try {
      int removed = STEP;
      while (removed == STEP && !thread.isShutdown()) {
        removed = keys.sweep(STEP);
      }
    } catch (StoreException e) {
      // Health tells of the store; the next minute is early enough.
      LOG.debug("expired idempotency keys stay for now", e);
    } catch (RuntimeException | Error e) {
      LOG.error("expired idempotency keys stay for now", e);
    }
  }

  /** Begins no other step. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
