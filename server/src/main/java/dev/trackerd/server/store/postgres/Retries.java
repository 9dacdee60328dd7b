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
  interface Repeatable<T> {
    /** Does it, or leaves nothing of it. */
    T run() throws SQLException;
  }

  /**
   * Does the work, more than once if need be.
   *
   * @throws StoreException BUSY if other transactions were in the way again and again; UNAVAILABLE
   *     if the database does not serve
   */
  <T> T run(Repeatable<T> work) {
    long start = System.nanoTime();
    for (int tries = 1; ; tries++) {
      try {
        T made = work.run();
        outage.succeeded();
        return made;
      } catch (SQLException e) {
        boolean last = tries == MAX_TRIES || System.nanoTime() - start > TRY_AGAIN_FOR;
        // The first time it may have been this one connection only.
        if (SqlStates.isPoolTimeout(e) || (SqlStates.isLost(e) && (tries > 1 || last))) {
          lost(e);
        }
        if (last || !SqlStates.mayHelpToRepeat(e)) {
          throw SqlStates.toStoreException(e);
        }
      }
    }
  }

  /** Tells of an outage; none of the connections that led to it is used again. */
  void lost(SQLException failure) {
    if (!SqlStates.isPoolTimeout(failure)) {
      lost(SqlStates.describe(failure));
    } else if (failure.getCause() != null) {
      // Without one there are connections, and others have them.
      outage.failed(SqlStates.describe(failure));
    }
  }

  /** The same, for a reason that no statement failed by. */
  void lost(String why) {
    outage.failed(why);
    pool.renew();
  }
}
