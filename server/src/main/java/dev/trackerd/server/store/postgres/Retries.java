package dev.trackerd.server.store.postgres;

import dev.trackerd.server.store.StoreException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Does again, for a little while, what was lost with a connection or undone by the server. Whoever
 * has sent a commit does not come here with what it failed by. Thread-safe.
 */
final class Retries {
  private static final int MAX_TRIES = 5;

  /** After that a caller is told rather than kept waiting. */
  private static final long TRY_AGAIN_FOR = TimeUnit.MILLISECONDS.toNanos(1500);

  private final ConnectionPool pool;
  private final Outage outage;

  Retries(ConnectionPool pool, Outage outage) {
    this.pool = pool;
    this.outage = outage;
  }

  /** Something to do that may be done again. */
  interface Attempt<T> {
    /** Does it, or leaves nothing of it. */
    T make() throws SQLException;
  }

  /**
   * Makes the attempt, more than once if need be.
   *
   * @throws StoreException BUSY if other transactions were in the way again and again; UNAVAILABLE
   *     if the database does not serve
   */
  <T> T run(Attempt<T> attempt) {
    long start = System.nanoTime();
    for (int tries = 1; ; tries++) {
      try {
        T made = attempt.make();
        outage.succeeded();
        return made;
      } catch (SQLException e) {
        boolean again = tries < MAX_TRIES && System.nanoTime() - start < TRY_AGAIN_FOR;
        if (!mayHelp(e) || !again) {
          throw SqlStates.toStoreException(e);
        }
      }
    }
  }

  /** The server was lost: none of the connections to it is used again. */
  void lost(SQLException failure) {
    lost(SqlStates.describe(failure));
  }

  /** The same, for a reason that no statement failed by. */
  void lost(String why) {
    outage.failed(why);
    pool.renew();
  }

  private boolean mayHelp(SQLException failure) {
    if (SqlStates.isPoolTimeout(failure)) {
      if (failure.getCause() != null) {
        outage.failed(SqlStates.describe(failure));
      }
      return false;
    }
    if (SqlStates.isLost(failure)) {
      lost(failure);
      return true;
    }
    return SqlStates.isUndone(failure) || SqlStates.isLockTimeout(failure);
  }
}
