package dev.trackerd.server.store.postgres;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.WriterLoad;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.Transactions;
import dev.trackerd.server.store.sql.Work;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * One open database. A read is one statement on a connection of the pool, a change a transaction
 * there, by READ COMMITTED. What a connection or a transaction was lost by before its commit is
 * tried again, for a little while; a commit that fails is not. Thread-safe.
 */
final class PostgresTransactions implements Transactions {
  private static final int MAX_TRIES = 5;

  /** After that a caller is told rather than kept waiting. */
  private static final long TRY_AGAIN_FOR = TimeUnit.MILLISECONDS.toNanos(1500);

  /**
   * The messages that a page can't hold are left where they are: the running total of what comes
   * before a row needs their lengths only, which PostgreSQL knows without reading them. One row too
   * many tells that more follow; after a first one that is a page alone, that is the second.
   */
  private static final String TRACKER_PAGE =
      """
      SELECT id, version, name, checksum, message, length
      FROM (
        SELECT id, version, name, checksum, message, octet_length(message) AS length,
               sum(octet_length(message)) OVER (ORDER BY id) AS total,
               row_number() OVER (ORDER BY id) AS number
        FROM tracker
        WHERE account_id = ? AND id > ?
        ORDER BY id
        LIMIT ?
      ) AS page
      WHERE total - length <= %d OR number = 2
      ORDER BY id
      """
          .formatted(TrackerStore.PAGE_BYTES);

  private static final String IS_READ_ONLY =
      "SELECT current_setting('transaction_read_only')::boolean";

  private final ConnectionPool pool;
  private final Outage outage;
  private final LongAdder changes = new LongAdder();
  private final LongAdder nanoseconds = new LongAdder();

  /** Takes over the pool, which is closed with this. */
  PostgresTransactions(ConnectionPool pool, Outage outage) {
    this.pool = pool;
    this.outage = outage;
  }

  /** Something to do that may be done again. */
  private interface Attempt<T> {
    T make() throws SQLException;
  }

  @Override
  public <T> T read(Work<T> work) {
    return tried(() -> onceRead(work));
  }

  @Override
  public <T> T write(Work<T> work) {
    return tried(() -> onceWritten(work));
  }

  @Override
  public <T> T exclusively(AccountId account, int permits, Function<Transactions, T> action) {
    return write(
        session -> {
          if (!AdvisoryLocks.tryPermit(session, account, permits)) {
            throw StoreException.concurrentWrite(permits);
          }
          try {
            return action.apply(new HeldTransaction(this, session));
          } catch (HeldTransaction.Failed e) {
            throw e.failure();
          }
        });
  }

  @Override
  public void serialize(Session session, AccountId account) throws SQLException {
    AdvisoryLocks.lockAccount(session, account);
  }

  @Override
  public String trackerPage() {
    return TRACKER_PAGE;
  }

  @Override
  public boolean isDuplicate(SQLException failure) {
    return SqlStates.isDuplicate(failure);
  }

  @Override
  public WriterLoad load() {
    return new WriterLoad(changes.sum(), nanoseconds.sum(), pool.waiting());
  }

  @Override
  public void check() {
    if (read(session -> session.first(IS_READ_ONLY, row -> row.getBoolean(1)).orElseThrow())) {
      String why = "it is read-only, as a standby is";
      outage.failed(why);
      pool.renew();
      throw StoreException.unavailable("PostgreSQL: " + why);
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T onceRead(Work<T> work) throws SQLException {
    try (LentConnection connection = pool.take()) {
      return work.on(connection.session());
    }
  }

  private <T> T onceWritten(Work<T> work) throws SQLException {
    try (LentConnection connection = pool.take()) {
      connection.begin();
      T done = worked(connection, work);
      commit(connection);
      return done;
    }
  }

  private <T> T worked(LentConnection connection, Work<T> work) throws SQLException {
    long start = System.nanoTime();
    try {
      return work.on(connection.session());
    } catch (SQLException | RuntimeException | Error e) {
      connection.rollBack(e);
      throw e;
    } finally {
      changes.increment();
      nanoseconds.add(System.nanoTime() - start);
    }
  }

  private void commit(LentConnection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlStates.isUndone(e)) {
        throw e;
      }
      lost(e);
      throw StoreException.unavailable(
          "PostgreSQL: what came of a commit is unknown: " + SqlStates.describe(e), e);
    }
  }

  private <T> T tried(Attempt<T> attempt) {
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

  /** Whether to try again may help, before anything of a commit was sent. */
  private boolean mayHelp(SQLException failure) {
    if (failure instanceof SQLTransientConnectionException) {
      // The pool's own: none was free, or could be made, for as long as it waits.
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

  private void lost(SQLException failure) {
    outage.failed(SqlStates.describe(failure));
    pool.renew();
  }
}
