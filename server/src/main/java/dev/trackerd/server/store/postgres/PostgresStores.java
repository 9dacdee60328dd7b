package dev.trackerd.server.store.postgres;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.SqlStores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.postgresql.Driver;

/** The stores in a PostgreSQL database, which any number of processes may have open. */
public final class PostgresStores {
  /** Longer than to wait behind another server that changes the tables. */
  private static final int MIGRATION_MILLIS = (int) TimeUnit.SECONDS.toMillis(90);

  private PostgresStores() {}

  /**
   * Opens the stores of a database that is there; makes their tables, or brings them up to date, as
   * needed. Servers of an older version that run on them go on to do so.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if the database can't be
   *     used, or a newer program wrote it
   */
  public static Stores open(StoreUrl url, StoreConfig config) {
    once(
        url,
        session -> {
          PostgresSchema.checkServer(session);
          PostgresSchema.migrate(session);
          return true;
        });
    ConnectionPool pool = ConnectionPool.open(url, config.connections());
    return SqlStores.over(new PostgresTransactions(pool, new Outage(url.toString())), config);
  }

  /**
   * Whether there are stores to open; makes nothing.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if the database can't be used
   */
  public static boolean holdsStores(StoreUrl url) {
    return once(url, PostgresSchema::isThere);
  }

  /** Does the work in a transaction on a connection of its own. */
  private static <T> T once(StoreUrl url, Work<T> work) {
    try (Connection connection = new Driver().connect(url.jdbcUrl(), ConnectionSettings.of(url));
        Session session = new Session(connection)) {
      connection.setNetworkTimeout(Runnable::run, MIGRATION_MILLIS);
      session.first(ConnectionSettings.FIRST_STATEMENT, row -> true);
      connection.setAutoCommit(false);
      T done = work.on(session);
      connection.commit();
      return done;
    } catch (SQLException e) {
      throw StoreException.unavailable(url + ": " + StartFailures.reason(e), e);
    } catch (StoreException e) {
      throw StoreException.unavailable(url + ": " + e.getMessage(), e);
    }
  }
}
