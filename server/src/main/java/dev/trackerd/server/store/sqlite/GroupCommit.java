package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.Work;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one writer: a thread that commits the changes of all callers who wait, together, so that they
 * share one fsync. Each change has a savepoint of its own: what fails is undone alone. A caller
 * returns once its change is on stable storage; if the commit fails, all of the batch fail.
 *
 * <p>The queue needs no bound: each caller waits for the one change it handed in.
 */
final class GroupCommit implements AutoCloseable {
  private static final int BATCH = 128;

  private final Session session;
  private final Queue<Change<?>> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Thread thread = new Thread(this::run, "store-writer");
  private volatile boolean closed;
  private volatile StoreException broken;

  private GroupCommit(Session session) {
    this.session = session;
  }

  /** Takes over a session, which is closed with the writer. */
  static GroupCommit open(Session session) {
    GroupCommit writer = new GroupCommit(session);
    writer.thread.setDaemon(true);
    writer.thread.start();
    return writer;
  }

  /**
   * Does the work in a transaction, on the writer's thread.
   *
   * @return what the work returned, once that is durable
   * @throws StoreException UNAVAILABLE if it may not be; else what the work threw
   */
  <T> T write(Work<T> work) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("a change that changes the store waits for itself");
    }
    Change<T> change = new Change<>(work);
    lock.lock();
    try {
      check();
      waiting.add(change);
      something.signal();
    } finally {
      lock.unlock();
    }
    return change.await();
  }

  /**
   * Returns if changes are taken.
   *
   * @throws StoreException UNAVAILABLE if the writer is closed or saw its disk fail
   */
  void check() {
    if (closed) {
      throw StoreException.unavailable("the store is closed");
    }
    if (broken != null) {
      throw StoreException.unavailable("the store failed before", broken);
    }
  }

  /** Commits what waits, then stops. */
  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      closed = true;
      something.signal();
    } finally {
      lock.unlock();
    }
    stopped.join();
    session.close();
  }

  private void run() {
    for (List<Change<?>> batch = next(); !batch.isEmpty(); batch = next()) {
      try {
        commit(batch);
      } catch (Throwable e) {
        abandon(batch, e);
      }
    }
    stopped.complete(null);
  }

  /** Waits for changes; none come any more if the result is empty. */
  private List<Change<?>> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        something.awaitUninterruptibly();
      }
      List<Change<?>> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < BATCH) {
        batch.add(waiting.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void commit(List<Change<?>> batch) throws SQLException {
    if (broken != null) {
      throw StoreException.unavailable("the store failed before", broken);
    }
    session.execute("BEGIN IMMEDIATE");
    for (Change<?> change : batch) {
      session.execute("SAVEPOINT change");
      if (!change.run(session)) {
        if (Failures.fatal(change.failure())) {
          throw Failures.unavailable(change.failure());
        }
        undo(change.failure());
      }
      session.execute("RELEASE change");
    }
    session.execute("COMMIT");
    batch.forEach(Change::publish);
  }

  private void undo(Throwable failure) {
    try {
      session.execute("ROLLBACK TO change");
    } catch (SQLException e) {
      // SQLite has rolled back the whole batch by itself, as it does when the disk is full.
      StoreException unavailable = Failures.unavailable(failure);
      unavailable.addSuppressed(e);
      throw unavailable;
    }
  }

  private void abandon(List<Change<?>> batch, Throwable failure) {
    StoreException unavailable = Failures.unavailable(failure);
    if (Failures.fatal(failure) || Failures.fatal(failure.getCause())) {
      broken = unavailable;
    }
    try {
      session.execute("ROLLBACK");
    } catch (SQLException | RuntimeException e) {
      // SQLite has rolled back by itself; if not, the next BEGIN fails and we are here again.
      unavailable.addSuppressed(e);
    }
    batch.forEach(change -> change.fail(unavailable));
  }
}
