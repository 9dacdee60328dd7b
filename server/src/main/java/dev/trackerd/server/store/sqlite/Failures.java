package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the database's failures mean; told by result code, never by message. */
final class Failures {
  private static final int PRIMARY = 0xff;

  private Failures() {}

  /** Whether a statement broke a UNIQUE constraint. */
  static boolean duplicate(Throwable failure) {
    return failure instanceof SQLiteException e
        && e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE;
  }

  /**
   * Whether the files can't be trusted from here on. After a failed fsync(2) the next one may
   * succeed without the lost pages, so nothing may be acknowledged before a restart.
   */
  static boolean fatal(Throwable failure) {
    if (!(failure instanceof SQLiteException e)) {
      return false;
    }
    int code = e.getResultCode().code & PRIMARY;
    return code == SQLiteErrorCode.SQLITE_IOERR.code
        || code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  /** Whether another connection holds a lock that the statement needs. */
  static boolean busy(Throwable failure) {
    return failure instanceof SQLiteException e
        && (e.getResultCode().code & PRIMARY) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  /** What keeps a database from being opened, for the operator, with SQLite's name for it. */
  static String reason(SQLException failure) {
    if (!(failure instanceof SQLiteException e)) {
      return failure.getMessage();
    }
    String what =
        switch (SQLiteErrorCode.getErrorCode(e.getResultCode().code & PRIMARY)) {
          case SQLITE_NOTADB -> "this is no SQLite database";
          case SQLITE_CORRUPT -> "the database is damaged";
          case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> "permission denied";
          case SQLITE_CANTOPEN -> "it can't be opened";
          case SQLITE_BUSY, SQLITE_LOCKED -> "another program has locked the database";
          case SQLITE_FULL -> "the disk is full";
          default -> "input/output error";
        };
    return what + " (" + e.getResultCode().name() + ")";
  }

  /** Wraps any failure but our own. */
  static StoreException unavailable(Throwable failure) {
    if (failure instanceof StoreException e && e.reason() == Reason.UNAVAILABLE) {
      return e;
    }
    String what =
        failure instanceof SQLiteException e ? e.getResultCode().name() : failure.toString();
    return StoreException.unavailable("database: " + what, failure);
  }
}
