package dev.trackerd.server.store.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.Driver;

/**
 * Makes a pool's connections. While the database is away it goes on trying at a steady pace: the
 * pool itself waits longer after each try, up to 5 seconds, and everyone waits with it when the
 * database is back. Thread-safe.
 */
final class PatientSource implements DataSource {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Driver driver = new Driver();
  private final String url;
  private final Properties properties;

  /** Whether there has been a connection, and whether the tries since have failed. */
  private volatile boolean connected;

  private volatile boolean failed;
  private volatile boolean ended;

  PatientSource(String url, Properties properties) {
    this.url = url;
    this.properties = properties;
  }

  /**
   * Returns a new connection as soon as one can be made.
   *
   * @throws SQLException if none can be made, for the first time since one could; from then on, if
   *     the thread is interrupted or the pool ends
   */
  @Override
  public Connection getConnection() throws SQLException {
    while (true) {
      try {
        Connection connection = driver.connect(url, properties);
        connected = true;
        failed = false;
        return connection;
      } catch (SQLException e) {
        if (!connected || !failed || ended || Thread.currentThread().isInterrupted()) {
          failed = true;
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Tries no more: the pool, when it is closed, lets those go on who are at it. */
  void end() {
    ended = true;
  }

  @Override
  public Connection getConnection(String role, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the role is part of the properties");
  }

  /** Changes nothing: the properties bound how long a login takes. */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter writer) {}

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException(type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
