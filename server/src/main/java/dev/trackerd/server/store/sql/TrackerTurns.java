package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets the callers of this process who change the same tracker do so one after the other, in the
 * order they came, so that none computes in vain what another's change undoes. Those who change
 * different trackers never meet. Thread-safe.
 */
final class TrackerTurns {
  private static final int WAIT_SECONDS = 5;

  /** One tracker's turn, there while someone wants it. */
  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int wanted;
  }

  private final ConcurrentMap<TrackerKey, Turn> turns = new ConcurrentHashMap<>();
  private final Set<Thread> holders = ConcurrentHashMap.newKeySet();

  /**
   * Runs the action when its turn has come.
   *
   * @throws StoreException BUSY if that takes more than 5 seconds; UNAVAILABLE if interrupted
   */
  <T> T take(TrackerKey tracker, Supplier<T> action) {
    refuseHolder();
    Turn turn = turns.compute(tracker, (key, present) -> want(present));
    try {
      if (!turn.lock.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreException(Reason.BUSY, Thing.TRACKER, Long.toString(tracker.id()));
      }
      try {
        holders.add(Thread.currentThread());
        return action.get();
      } finally {
        holders.remove(Thread.currentThread());
        turn.lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreException.unavailable("interrupted", e);
    } finally {
      turns.computeIfPresent(tracker, (key, present) -> --present.wanted == 0 ? null : present);
    }
  }

  /** Two that change a second thing while they hold their turns could wait for each other. */
  void refuseHolder() {
    if (holders.contains(Thread.currentThread())) {
      throw new IllegalStateException("a change that changes the store");
    }
  }

  /** How many trackers have a turn that someone wants. */
  int size() {
    return turns.size();
  }

  private static Turn want(Turn present) {
    Turn turn = present == null ? new Turn() : present;
    turn.wanted++;
    return turn;
  }
}
