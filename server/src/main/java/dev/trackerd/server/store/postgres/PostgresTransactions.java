package dev.trackerd.server.store.postgres;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.WriterLoad;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.Transactions;
import dev.trackerd.server.store.sql.Work;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * One open database. A read is one statement on a connection of the pool, a change a transaction
 * there, by READ COMMITTED. What a connection or a transaction was lost by before its commit is
 * tried again, for a little while; a commit that fails is not. Thread-safe.
 */
final class PostgresTransactions implements Transactions {
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

  private static final String AS_ONE_STATE =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private static final String WITHOUT_HASTE =
      """
      SELECT set_config('statement_timeout', '0', true),
             set_config('idle_in_transaction_session_timeout', '0', true)
      """;

  /** What to do in a transaction. */
  private interface PipelinedWork<T> {
    T on(PipelinedSession session) throws SQLException;
  }

  private final ConnectionPool pool;
  private final Retries retries;
  private final LongAdder changes = new LongAdder();
  private final LongAdder nanoseconds = new LongAdder();

  /** Takes over the pool, which is closed with this. */
  PostgresTransactions(ConnectionPool pool, Outage outage) {
    this.pool = pool;
    this.retries = new Retries(pool, outage);
  }

  @Override
  public <T> T read(Work<T> work) {
    return retries.run(() -> onceRead(work));
  }

  @Override
  public <T> T write(Work<T> work) {
    return retries.run(() -> onceChanged(work::on));
  }

  @Override
  public <T> T exclusively(AccountId account, int permits, Function<Transactions, T> action) {
    return retries.run(
        () ->
            onceChanged(
                session -> {
                  AdvisoryLocks.takePermit(session, account, permits);
                  try {
                    return action.apply(new HeldTransaction(this, session));
                  } catch (HeldTransaction.SqlFailure e) {
                    throw e.failure();
                  }
                }));
  }

  @Override
  public <T> T snapshot(Work<T> work) {
    try (LentConnection connection = pool.take()) {
      connection.begin();
      connection.waitLong();
      connection.session().execute(AS_ONE_STATE);
      connection.session().first(WITHOUT_HASTE, row -> true);
      T done = undoneOnFailure(connection, work::on);
      connection.commit();
      return done;
    } catch (SQLException e) {
      throw SqlStates.toStoreException(e);
    }
  }

  @Override
  public void serialize(Session session, AccountId account) throws SQLException {
    AdvisoryLocks.lockAccount(session, account);
  }

  @Override
  public boolean tryHold(Session session, long number) throws SQLException {
    return AdvisoryLocks.tryNumber(session, number);
  }

  @Override
  public String trackerPage() {
    return TRACKER_PAGE;
  }

  @Override
  public List<String> faults(Session session) throws SQLException {
    return PostgresSchema.faults(session);
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
      retries.lost(why);
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

  private <T> T onceChanged(PipelinedWork<T> change) throws SQLException {
    try (LentConnection connection = pool.takeToChange()) {
      connection.begin();
      T done = changed(connection, change);
      commit(connection);
      return done;
    }
  }

  private <T> T changed(LentConnection connection, PipelinedWork<T> change) throws SQLException {
    long start = System.nanoTime();
    try {
      return undoneOnFailure(connection, change);
    } finally {
      changes.increment();
      nanoseconds.add(System.nanoTime() - start);
    }
  }

  private static <T> T undoneOnFailure(LentConnection connection, PipelinedWork<T> work)
      throws SQLException {
    try {
      return work.on(connection.session());
    } catch (SQLException e) {
      connection.rollBack(e);
      throw connection.session().isCommitSent() ? committed(e) : e;
    } catch (RuntimeException | Error e) {
      connection.rollBack(e);
      throw e;
    }
  }

  private void commit(LentConnection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw committed(e);
    }
  }

  /** What a failure says when a commit was sent: only where the server refused it, it is undone. */
  private static SQLException committed(SQLException failure) {
    if (SqlStates.isUndone(failure)
        || SqlStates.isLockTimeout(failure)
        || SqlStates.isDuplicate(failure)
        || SqlStates.isReadOnly(failure)) {
      return failure;
    }
    throw StoreException.unavailable(
        "PostgreSQL: what came of a commit is unknown: " + SqlStates.describe(failure), failure);
  }
}
