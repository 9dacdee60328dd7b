package dev.trackerd.server.store.postgres;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/**
 * What PostgreSQL's failures mean; told by SQLSTATE, never by message
 * (postgresql.org/docs/current/errcodes-appendix.html).
 */
final class SqlStates {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String READ_ONLY = "25006";

  /**
   * Beside class 08, connection exception: the server ends the connection, is going down or coming
   * up, has no room for another, or ended a transaction that did nothing for too long.
   */
  private static final Set<String> LOST =
      Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "53300", "25P03", "25P04");

  private SqlStates() {}

  /** Whether a row of the same key or unique columns is there. */
  static boolean isDuplicate(SQLException failure) {
    return is(failure, UNIQUE_VIOLATION);
  }

  /** Whether the connection, and perhaps all others, lead to a server that does not serve. */
  static boolean isLost(SQLException failure) {
    String state = state(failure);
    return state.startsWith("08") || LOST.contains(state) || isReadOnly(failure);
  }

  /** Whether the server takes no changes, and so made none. */
  static boolean isReadOnly(SQLException failure) {
    return is(failure, READ_ONLY);
  }

  /** Whether it is the pool's own: none was free, or could be made, for as long as it waits. */
  static boolean isPoolTimeout(SQLException failure) {
    return failure instanceof SQLTransientConnectionException;
  }

  /** Whether the transaction was undone for reasons that the next one may not meet. */
  static boolean isUndone(SQLException failure) {
    return is(failure, SERIALIZATION_FAILURE) || is(failure, DEADLOCK);
  }

  /** Whether to do it again may help, as long as no commit was sent. */
  static boolean mayHelpToRepeat(SQLException failure) {
    return !isPoolTimeout(failure)
        && (isLost(failure) || isUndone(failure) || isLockTimeout(failure));
  }

  /** Whether another transaction kept what this one had to wait for. */
  static boolean isLockTimeout(SQLException failure) {
    return is(failure, LOCK_NOT_AVAILABLE);
  }

  /** BUSY if only others were in the way again and again, else UNAVAILABLE. */
  static StoreException toStoreException(SQLException failure) {
    return isUndone(failure) || isLockTimeout(failure)
        ? new StoreException(Reason.BUSY, Thing.STORE, null)
        : StoreException.unavailable("PostgreSQL: " + describe(failure), failure);
  }

  /** The state and, where the server answered, its message, for the log. */
  static String describe(SQLException failure) {
    if (isPoolTimeout(failure)) {
      return failure.getCause() instanceof SQLException cause
          ? "no connection can be made: " + describe(cause)
          : "no connection got free";
    }
    return failure.getMessage() + " (SQLSTATE " + state(failure) + ")";
  }

  /** Never null. */
  static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  private static boolean is(SQLException failure, String state) {
    return state.equals(failure.getSQLState());
  }
}
