package dev.trackerd.server.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.trackerd.server.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** At most so many connections to one database, each lent to one caller at a time. Thread-safe. */
final class ConnectionPool implements AutoCloseable {
  /** Who waits longer waits in a queue that only grows. */
  private static final long TURN = TimeUnit.SECONDS.toMillis(1);

  /** One of so many connections, at least one where there are two, is for reads only. */
  private static final int RESERVED_PART = 4;

  /** For one to be made, where there are fewer than may be. */
  private static final long WAIT = TimeUnit.MILLISECONDS.toMillis(500);

  private static final long FIRST = TimeUnit.SECONDS.toMillis(10);
  private static final long VALIDATION = TimeUnit.MILLISECONDS.toMillis(400);
  private static final long KEEP_ALIVE = TimeUnit.SECONDS.toMillis(30);
  private static final long MAX_LIFE = TimeUnit.MINUTES.toMillis(10);

  private final PatientSource source;
  private final HikariDataSource connections;
  // Read by those who have a connection or wait for one, written by the one who closes.
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  // The pool itself lets those who just had a connection go first: others starve under load.
  private final Semaphore turns;
  private final Semaphore changes;
  private volatile boolean closed;

  private ConnectionPool(PatientSource source, int size) {
    this.source = source;
    this.connections = new HikariDataSource(config(source, size));
    this.turns = new Semaphore(size, true);
    this.changes = new Semaphore(Math.max(1, size - Math.max(1, size / RESERVED_PART)), true);
  }

  /**
   * A pool with one connection, which opens the others in the background.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if none can be made in ten
   *     seconds
   */
  static ConnectionPool open(StoreUrl url, int size) {
    try {
      return new ConnectionPool(new PatientSource(url.jdbcUrl(), ConnectionSettings.of(url)), size);
    } catch (PoolInitializationException e) {
      String reason =
          e.getCause() instanceof SQLException failure
              ? StartFailures.reason(failure)
              : "it can't be used";
      throw StoreException.unavailable(url + ": " + reason, e);
    }
  }

  private static HikariConfig config(PatientSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setDataSource(source);
    config.setConnectionInitSql(ConnectionSettings.FIRST_STATEMENT);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(WAIT);
    config.setValidationTimeout(VALIDATION);
    config.setKeepaliveTime(KEEP_ALIVE);
    config.setMaxLifetime(MAX_LIFE);
    // The first calls, which set up what the stores need, shall not fail because it takes a moment.
    config.setInitializationFailTimeout(FIRST);
    return config;
  }

  /**
   * Lends a connection, to be closed by the same thread.
   *
   * @throws SQLException if none gets free in a second, or none can be made in another half
   * @throws StoreException UNAVAILABLE if the pool is closed
   */
  LentConnection take() throws SQLException {
    return take(() -> {});
  }

  /**
   * The same for a change, which may keep it while it computes: some connections are left for those
   * who only read, so that they, and who asks how the store is, never wait for changes.
   */
  LentConnection takeToChange() throws SQLException {
    awaitTurn(changes);
    try {
      return take(changes::release);
    } catch (SQLException | RuntimeException | Error e) {
      changes.release();
      throw e;
    }
  }

  private LentConnection take(Runnable onClose) throws SQLException {
    if (closed || !use.readLock().tryLock()) {
      throw StoreException.unavailable("the store is closed");
    }
    try {
      awaitTurn(turns);
      return lend(onClose);
    } catch (SQLException | RuntimeException | Error e) {
      use.readLock().unlock();
      throw e;
    }
  }

  private void awaitTurn(Semaphore queue) throws SQLException {
    try {
      if (!queue.tryAcquire(TURN, TimeUnit.MILLISECONDS)) {
        throw new SQLTransientConnectionException(
            "no connection got free in " + TURN + " ms, " + waiting() + " others wait");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreException.unavailable("interrupted", e);
    }
  }

  private LentConnection lend(Runnable onClose) throws SQLException {
    Connection connection = null;
    try {
      connection = connections.getConnection();
      return new LentConnection(connection, () -> takeBack(onClose));
    } catch (SQLException | RuntimeException | Error e) {
      turns.release();
      if (connection != null) {
        connection.close();
      }
      throw e;
    }
  }

  private void takeBack(Runnable onClose) {
    turns.release();
    use.readLock().unlock();
    onClose.run();
  }

  /** Lends no connection again that was made before; those that are lent end when given back. */
  void renew() {
    connections.getHikariPoolMXBean().softEvictConnections();
  }

  /** How many wait for a connection. */
  int waiting() {
    return turns.getQueueLength() + changes.getQueueLength();
  }

  /** Waits until all connections have been given back, then closes them. Idempotent. */
  @Override
  public void close() {
    closed = true;
    source.end();
    use.writeLock().lock();
    try {
      connections.close();
    } finally {
      use.writeLock().unlock();
    }
  }
}
