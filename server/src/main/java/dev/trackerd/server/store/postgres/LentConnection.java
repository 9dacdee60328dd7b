package dev.trackerd.server.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the pool while one caller has it. Every answer of the server but that to a commit
 * has to begin within 2.5 seconds: a server that hangs is one that is down. A commit may have to
 * wait for a standby, and what comes of it is unknown to those who don't wait.
 */
final class LentConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LentConnection.class);
  private static final int ANSWER_MILLIS = 2500;

  private static final int LONG_MILLIS = 600_000;

  private final Connection connection;
  private final PipelinedSession session;
  private final Runnable onClose;
  private final int commitMillis;

  /** Takes over the connection, which goes back to its pool when this is closed. */
  LentConnection(Connection connection, Runnable onClose) throws SQLException {
    this.connection = connection;
    this.session = new PipelinedSession(connection, this::waitForCommit);
    this.onClose = onClose;
    this.commitMillis = connection.getNetworkTimeout();
    if (commitMillis == 0 || commitMillis > ANSWER_MILLIS) {
      answerWithin(ANSWER_MILLIS);
    }
  }

  /** What to work with; each statement is a transaction of its own unless {@link #begin} was. */
  PipelinedSession session() {
    return session;
  }

  /** Begins a transaction, with the next statement. */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /** Lets an answer take 10 minutes to begin, for statements that look through whole tables. */
  void waitLong() throws SQLException {
    answerWithin(LONG_MILLIS);
  }

  /**
   * Commits. If this throws, the transaction may be in the database or not, unless {@link
   * SqlStates#isUndone}.
   */
  void commit() throws SQLException {
    if (session.isCommitSent()) {
      return;
    }
    waitForCommit();
    connection.clearWarnings();
    connection.commit();
    PipelinedSession.refuseWarning(connection.getWarnings());
  }

  /** Undoes the transaction; {@code failure} is told if that fails, which undoes it as well. */
  void rollBack(Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** What fails here is the connection's end, and says nothing of what was done on it. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      LOG.debug("a connection could not be given back", e);
    } finally {
      onClose.run();
    }
  }

  private void waitForCommit() throws SQLException {
    answerWithin(commitMillis);
  }

  private void answerWithin(int millis) throws SQLException {
    // Sets a number of the socket, and so needs no thread.
    connection.setNetworkTimeout(Runnable::run, millis);
  }
}
