package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.Work;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A fixed set of read-only sessions, each lent to one caller at a time. Thread-safe. */
final class Readers implements AutoCloseable {
  private static final int WAIT_SECONDS = 5;

  private final BlockingQueue<Session> idle;
  private final int size;
  private volatile boolean closed;
  private volatile boolean abandoned;

  /** Takes over the sessions, which are closed with the pool. */
  Readers(List<Session> sessions) {
    size = sessions.size();
    idle = new ArrayBlockingQueue<>(size, false, sessions);
  }

  /**
   * Does the work on the next session that is free.
   *
   * @throws StoreException UNAVAILABLE if none gets free, the database fails, or the pool is closed
   */
  <T> T read(Work<T> work) {
    refuseIfClosed();
    Session session = take();
    try {
      refuseIfClosed();
      return work.on(session);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    } finally {
      giveBack(session);
    }
  }

  /**
   * Waits for the readers to finish, each for at most 5 seconds; those who still wait for a session
   * are refused. Closes every session, also when one of them can't be closed; one that is still in
   * use then is closed by its reader.
   *
   * @throws SQLException what the first of those that failed threw
   */
  @Override
  public synchronized void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    SQLException failure = null;
    for (int i = 0; i < size; i++) {
      failure = first(failure, closeNext());
    }
    abandoned = true;
    failure = first(failure, closeIdle());
    if (failure != null) {
      throw failure;
    }
  }

  private SQLException closeNext() {
    try {
      return close(take());
    } catch (StoreException e) {
      return new SQLException(e);
    }
  }

  private SQLException closeIdle() {
    SQLException failure = null;
    for (Session session = idle.poll(); session != null; session = idle.poll()) {
      failure = first(failure, close(session));
    }
    return failure;
  }

  private static SQLException close(Session session) {
    try {
      session.close();
      return null;
    } catch (SQLException e) {
      return e;
    } catch (RuntimeException e) {
      return new SQLException(e);
    }
  }

  private static SQLException first(SQLException first, SQLException next) {
    if (first != null && next != null) {
      first.addSuppressed(next);
    }
    return first == null ? next : first;
  }

  private void giveBack(Session session) {
    idle.add(session);
    // Looked at after the adding, as close() looks after the setting: one of the two sees it.
    if (abandoned) {
      closeIdle();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw StoreException.unavailable("the store is closed");
    }
  }

  private Session take() {
    try {
      Session session = idle.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (session == null) {
        throw StoreException.unavailable("no database session is free");
      }
      return session;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreException.unavailable("interrupted", e);
    }
  }
}
