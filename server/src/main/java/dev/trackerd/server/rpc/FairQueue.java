package dev.trackerd.server.rpc;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that waits for one of so many threads, by whose it is: owners take turns, so that whoever
 * has much to do waits for itself and not for others. Has no bound of its own: what waits has a
 * place. Thread-safe.
 */
final class FairQueue {
  private static final Logger LOG = LoggerFactory.getLogger(FairQueue.class);

  private final Executor threads;
  private final int most;

  /** By owner, in the order of their turns. */
  private final Map<Object, Set<Runnable>> waiting = new LinkedHashMap<>();

  private int running;

  /**
   * A queue for {@code threads}.
   *
   * @param most how much may run at a time
   */
  FairQueue(Executor threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  /** Runs {@code work} once, when it is its owner's turn. */
  void add(Object owner, Runnable work) {
    synchronized (this) {
      waiting.computeIfAbsent(owner, o -> new LinkedHashSet<>()).add(work);
      if (running == most) {
        return;
      }
      running++;
    }
    try {
      threads.execute(this::work);
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        running--;
      }
      remove(owner, work);
      throw e;
    }
  }

  /** Whether {@code work} waited; it will not run then. */
  synchronized boolean remove(Object owner, Runnable work) {
    Set<Runnable> own = waiting.get(owner);
    boolean waited = own != null && own.remove(work);
    if (waited && own.isEmpty()) {
      waiting.remove(owner);
    }
    return waited;
  }

  private void work() {
    for (Runnable next = next(); next != null; next = next()) {
      try {
        next.run();
      } catch (RuntimeException | Error e) {
        LOG.error("a call's work failed", e);
      }
    }
  }

  /** Takes what is next; null if nothing is, and then this thread does not count any more. */
  private synchronized Runnable next() {
    if (waiting.isEmpty()) {
      running--;
      return null;
    }
    var turn = waiting.entrySet().iterator();
    Map.Entry<Object, Set<Runnable>> first = turn.next();
    turn.remove();
    var own = first.getValue().iterator();
    Runnable next = own.next();
    own.remove();
    if (own.hasNext()) {
      waiting.put(first.getKey(), first.getValue());
    }
    return next;
  }
}
