package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.WriterLoad;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.TrackerKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The one writer: a thread that commits the changes of all callers who wait, together, so that they
 * share one fsync. Each change has a savepoint of its own: what fails is undone alone. A caller
 * returns once its change is on stable storage; if the commit fails, all of the batch fail.
 *
 * <p>Whatever is thrown, and wherever: every caller gets an answer.
 */
final class GroupCommit implements AutoCloseable {
  private static final int BATCH = 128;

  /** No change waits that long unless the disk, another process or the writer is stuck. */
  private static final long STUCK = TimeUnit.SECONDS.toNanos(5);

  /** Made in advance: when it is needed, there may be no memory for one. */
  private final StoreException failed = StoreException.unavailable("the writer failed");

  private final Session session;
  private final RowCopies copies;
  private final ChangeQueue queue;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Thread thread = new Thread(this::run, "store-writer");
  private volatile StoreException broken;
  // Written by the writer only.
  private volatile long changes;
  private volatile long nanoseconds;

  private GroupCommit(Session session, RowCopies copies, ChangeQueue queue) {
    this.session = session;
    this.copies = copies;
    this.queue = queue;
  }

  /**
   * Takes over a session and a queue, which are closed with the writer.
   *
   * @param copies is told of every change of a tracker, before and after its commit
   */
  static GroupCommit open(Session session, RowCopies copies, ChangeQueue queue) {
    GroupCommit writer = new GroupCommit(session, copies, queue);
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
  <T> T write(Change<T> change) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("a change that changes the store waits for itself");
    }
    refuseIfBroken();
    queue.add(change);
    return change.await();
  }

  /**
   * Returns if changes are taken, and worked off in time.
   *
   * @throws StoreException UNAVAILABLE if the writer is closed, saw its disk fail, or lets a change
   *     wait for more than 5 seconds
   */
  void check() {
    if (queue.isClosed()) {
      throw StoreException.unavailable("the store is closed");
    }
    refuseIfBroken();
    long oldest = queue.oldest();
    if (oldest > STUCK) {
      throw StoreException.unavailable(
          "a change has been waiting for " + TimeUnit.NANOSECONDS.toMillis(oldest) + " ms");
    }
  }

  /** What the changes cost so far. */
  WriterLoad load() {
    return new WriterLoad(changes, nanoseconds, queue.size());
  }

  /** Commits what waits, then stops. */
  @Override
  public void close() throws SQLException {
    queue.close();
    stopped.join();
    session.close();
  }

  private void run() {
    try {
      List<Change<?>> batch = queue.next(BATCH);
      while (!batch.isEmpty()) {
        serve(batch);
        batch = queue.next(BATCH);
      }
    } finally {
      // After an error of the queue's own, too: who waits there would wait for ever.
      queue.close();
      queue.failAll(failed);
      stopped.complete(null);
    }
  }

  private void serve(List<Change<?>> batch) {
    try {
      commit(batch);
      batch.forEach(Change::publish);
    } catch (Throwable e) {
      abandon(batch, e);
    }
  }

  private void commit(List<Change<?>> batch) throws SQLException {
    refuseIfBroken();
    session.execute("BEGIN IMMEDIATE");
    List<TrackerKey> changed = new ArrayList<>();
    for (Change<?> change : batch) {
      if (apply(change)) {
        change.tracker().ifPresent(changed::add);
      }
    }
    try {
      copies.changing(changed);
      session.execute("COMMIT");
    } finally {
      copies.changed(changed);
    }
  }

  /** Returns whether the change is now part of the transaction. */
  private boolean apply(Change<?> change) throws SQLException {
    long start = System.nanoTime();
    try {
      session.execute("SAVEPOINT change");
      boolean done = change.run(session);
      if (!done) {
        undo(change.failure());
      }
      session.execute("RELEASE change");
      return done;
    } finally {
      changes++;
      nanoseconds += System.nanoTime() - start;
    }
  }

  private void undo(Throwable failure) {
    if (Failures.fatal(failure)) {
      throw Failures.unavailable(failure);
    }
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
    StoreException unavailable = failed;
    try {
      unavailable = Failures.unavailable(failure);
      if (Failures.fatal(failure) || Failures.fatal(failure.getCause())) {
        broken = unavailable;
      }
      session.execute("ROLLBACK");
    } catch (SQLException | RuntimeException e) {
      // SQLite has rolled back by itself; if not, the next BEGIN fails and we are here again.
      unavailable.addSuppressed(e);
    } catch (Error e) {
      // Nothing that could be done about it is worth more than the answers.
    } finally {
      for (Change<?> change : batch) {
        change.fail(unavailable);
      }
    }
  }

  private void refuseIfBroken() {
    if (broken != null) {
      throw StoreException.unavailable("the store failed before", broken);
    }
  }
}
