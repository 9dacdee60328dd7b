package dev.trackerd.server.rpc;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that waits for one of so many threads, by whose it is: owners take turns, so that whoever
 * has much to do waits for itself and not for others, and none of them has more threads at a time
 * than its share. Has no bound of its own: what waits has a place. Thread-safe.
 */
final class FairQueue {
  private static final Logger LOG = LoggerFactory.getLogger(FairQueue.class);

  private final Executor threads;
  private final int most;
  private final int mostOfOne;

  /** By owner, in the order of their turns. */
  private final Map<Object, Set<Runnable>> waiting = new LinkedHashMap<>();

  /** How much of each owner's runs; without those of whom nothing does. */
  private final Map<Object, Integer> shares = new HashMap<>();

  /** Threads that run something or are about to. Below the most, only owners without room wait. */
  private int running;

  /**
   * A queue for {@code threads}.
   *
   * @param most how much may run at a time
   * @param mostOfOne how much of that may be one owner's
   */
  FairQueue(Executor threads, int most, int mostOfOne) {
    this.threads = threads;
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Runs {@code work} once, when it is its owner's turn. */
  void add(Object owner, Runnable work) {
    synchronized (this) {
      waiting.computeIfAbsent(owner, o -> new LinkedHashSet<>()).add(work);
      if (running == most || !hasRoom(owner)) {
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

  /** How many owners have something that waits. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** How many owners have something that runs. */
  synchronized int owners() {
    return shares.size();
  }

  private void work() {
    for (Turn turn = next(null); turn != null; turn = next(turn.owner())) {
      try {
        turn.work().run();
      } catch (RuntimeException | Error e) {
        LOG.error("a call's work failed", e);
      }
    }
  }

  private record Turn(Object owner, Runnable work) {}

  /**
   * Takes what is next; null if nothing can run, and then this thread does not count any more.
   *
   * @param done whose work this thread has done; null for none
   */
  private synchronized Turn next(Object done) {
    if (done != null) {
      shares.computeIfPresent(done, (owner, count) -> count == 1 ? null : count - 1);
    }
    for (var turns = waiting.entrySet().iterator(); turns.hasNext(); ) {
      Map.Entry<Object, Set<Runnable>> first = turns.next();
      if (hasRoom(first.getKey())) {
        turns.remove();
        return new Turn(first.getKey(), take(first.getKey(), first.getValue()));
      }
    }
    running--;
    return null;
  }

  private Runnable take(Object owner, Set<Runnable> all) {
    var own = all.iterator();
    Runnable next = own.next();
    own.remove();
    if (own.hasNext()) {
      waiting.put(owner, all);
    }
    shares.merge(owner, 1, Integer::sum);
    return next;
  }

  private boolean hasRoom(Object owner) {
    return shares.getOrDefault(owner, 0) < mostOfOne;
  }
}
