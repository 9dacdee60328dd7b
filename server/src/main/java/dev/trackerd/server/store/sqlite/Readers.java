package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.Work;
import java.sql.SQLException;
import java.util.ArrayList;
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
    Session session = take();
    try {
      if (closed) {
        throw StoreException.unavailable("the store is closed");
      }
      return work.on(session);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    } finally {
      idle.add(session);
    }
  }

  /** Waits for all readers to finish; those who still wait for a session are refused. */
  @Override
  public synchronized void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    List<Session> taken = new ArrayList<>();
    while (taken.size() < size) {
      Session session = take();
      taken.add(session);
      session.close();
    }
    // Whoever takes one of these learns at once that the pool is closed.
    idle.addAll(taken);
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
