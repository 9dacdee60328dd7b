package dev.trackerd.server.store.postgres;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Session;
import java.sql.SQLException;

/**
 * Locks on no row, which PostgreSQL frees at the end of the transaction that took them, however
 * that ends: with its process, too. All of them have one 64-bit key in common with nothing else of
 * this program; locks with two 32-bit keys are others
 * (postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS).
 */
final class AdvisoryLocks {
  // From the left: what the lock is for, which of several it is, the account (12 decimal digits).
  private static final int KIND_SHIFT = 60;
  private static final int PERMIT_SHIFT = 40;
  private static final int MAX_PERMITS = 1 << KIND_SHIFT - PERMIT_SHIFT;

  private static final long PERMIT = 1L << KIND_SHIFT;
  private static final long ACCOUNT = 2L << KIND_SHIFT;
  private static final long SCHEMA = 3L << KIND_SHIFT;
  private static final long NUMBER = 4L << KIND_SHIFT;

  /** Locks the first that is free: LIMIT ends the look at the others. */
  private static final String TRY_ONE_OF =
      """
      SELECT 1
      FROM generate_series(0, ?::bigint - 1) AS permit
      WHERE pg_try_advisory_xact_lock(? + (permit << %d))
      LIMIT 1
      """
          .formatted(PERMIT_SHIFT);

  private static final String TRY = "SELECT pg_try_advisory_xact_lock(?)";

  private static final String LOCK = "SELECT pg_advisory_xact_lock(?)";

  private AdvisoryLocks() {}

  /**
   * Takes one of so many permits of the account, with the next query.
   *
   * @throws StoreException CONCURRENT_WRITE, thrown by that query, if none is free
   */
  static void takePermit(PipelinedSession session, AccountId account, int permits) {
    long most = Math.min(permits, MAX_PERMITS);
    session.askFirst(
        TRY_ONE_OF,
        result -> {
          if (!result.next()) {
            throw StoreException.concurrentWrite(permits);
          }
          return true;
        },
        most,
        PERMIT | number(account));
  }

  /** Waits until no other transaction has the account's lock. */
  static void lockAccount(Session session, AccountId account) throws SQLException {
    session.first(LOCK, row -> true, ACCOUNT | number(account));
  }

  /** Takes the lock of a number of at most 60 bits, if no other transaction has it. */
  static boolean tryNumber(Session session, long number) throws SQLException {
    return session.first(TRY, row -> row.getBoolean(1), NUMBER | number).orElseThrow();
  }

  /** Waits until no other process changes the tables. */
  static void lockSchema(Session session) throws SQLException {
    session.first(LOCK, row -> true, SCHEMA);
  }

  private static long number(AccountId account) {
    return Long.parseLong(account.value());
  }
}
