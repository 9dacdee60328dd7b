package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The changes that wait for the one writer, in the order they came. Thread-safe.
 *
 * <p>It needs no bound: each caller waits for the one change it handed in.
 */
final class ChangeQueue {
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Queue<Change<?>> waiting = new ArrayDeque<>();
  private List<Change<?>> batch = List.of();
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param ticker nanoseconds since any moment
   */
  ChangeQueue(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /**
   * Hands a change in.
   *
   * @throws StoreException UNAVAILABLE if the queue is closed
   */
  void add(Change<?> change) {
    change.waitsSince(ticker.getAsLong());
    lock.lock();
    try {
      if (closed) {
        throw StoreException.unavailable("the store is closed");
      }
      waiting.add(change);
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for changes; none come any more if the result is empty. Those of the batch before count
   * as done.
   */
  List<Change<?>> next(int most) {
    lock.lock();
    try {
      batch = List.of();
      while (waiting.isEmpty() && !closed) {
        something.awaitUninterruptibly();
      }
      List<Change<?>> next = new ArrayList<>(Math.min(most, waiting.size()));
      while (!waiting.isEmpty() && next.size() < most) {
        next.add(waiting.remove());
      }
      batch = next;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Fails all that wait. Needs no memory, of which there may be none left. */
  void failAll(StoreException failure) {
    lock.lock();
    try {
      while (!waiting.isEmpty()) {
        waiting.remove().fail(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what waits is still to be fetched. */
  void close() {
    lock.lock();
    try {
      closed = true;
      something.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** How many wait, those of the last batch not counted. */
  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** How long the oldest change has waited that is not done, in nanoseconds; 0 if there is none. */
  long oldest() {
    lock.lock();
    try {
      Change<?> oldest = batch.isEmpty() ? waiting.peek() : batch.get(0);
      return oldest == null ? 0 : ticker.getAsLong() - oldest.waitsSince();
    } finally {
      lock.unlock();
    }
  }
}
