package dev.trackerd.server.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.trackerd.server.store.StoreException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** At most so many connections to one database, each lent to one caller at a time. Thread-safe. */
final class ConnectionPool implements AutoCloseable {
  /** Who waits longer waits in a queue that only grows. */
  private static final long WAIT = TimeUnit.MILLISECONDS.toMillis(500);

  private static final long VALIDATION = TimeUnit.MILLISECONDS.toMillis(400);
  private static final long KEEP_ALIVE = TimeUnit.SECONDS.toMillis(30);
  private static final long MAX_LIFE = TimeUnit.MINUTES.toMillis(10);

  private final HikariDataSource connections;
  // Read by those who have a connection or wait for one, written by the one who closes.
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private volatile boolean closed;

  private ConnectionPool(HikariDataSource connections) {
    this.connections = connections;
  }

  /** A pool that opens its connections in the background. */
  static ConnectionPool open(StoreUrl url, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setDriverClassName(org.postgresql.Driver.class.getName());
    config.setJdbcUrl(url.jdbcUrl());
    config.setDataSourceProperties(ConnectionSettings.of(url));
    config.setConnectionInitSql(ConnectionSettings.FIRST_STATEMENT);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(WAIT);
    config.setValidationTimeout(VALIDATION);
    config.setKeepaliveTime(KEEP_ALIVE);
    config.setMaxLifetime(MAX_LIFE);
    // Whether the database can be used was found out before, with a line for the operator.
    config.setInitializationFailTimeout(-1);
    return new ConnectionPool(new HikariDataSource(config));
  }

  /**
   * Lends a connection, to be closed by the same thread.
   *
   * @throws SQLException if none gets free or can be made in half a second
   * @throws StoreException UNAVAILABLE if the pool is closed
   */
  LentConnection take() throws SQLException {
    if (closed || !use.readLock().tryLock()) {
      throw StoreException.unavailable("the store is closed");
    }
    try {
      return new LentConnection(connections.getConnection(), use.readLock()::unlock);
    } catch (SQLException | RuntimeException | Error e) {
      use.readLock().unlock();
      throw e;
    }
  }

  /** Lends no connection again that was made before; those that are lent end when given back. */
  void renew() {
    connections.getHikariPoolMXBean().softEvictConnections();
  }

  /** How many wait for a connection. */
  int waiting() {
    return connections.getHikariPoolMXBean().getThreadsAwaitingConnection();
  }

  /** Waits until all connections have been given back, then closes them. Idempotent. */
  @Override
  public void close() {
    closed = true;
    use.writeLock().lock();
    try {
      connections.close();
    } finally {
      use.writeLock().unlock();
    }
  }
}
