package dev.trackerd.server.store.postgres;

import dev.trackerd.server.store.sql.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.stream.Stream;

/**
 * Saves round trips: what is to be found out before all else goes with the first query, and the
 * commit with the last statement. The driver takes several statements apart and sends them
 * together; the server skips those that follow one that fails.
 */
final class PipelinedSession extends Session {
  /** PostgreSQL's state of what is no warning. */
  private static final String NOTICE = "00000";

  private static final String AND_COMMIT = ";\nCOMMIT";

  /** What to ask before all else; the reader throws if the answer is no. */
  private record Question(String sql, RowReader<?> answer, Object[] parameters) {}

  /** What has to be done before a commit is sent. */
  interface BeforeCommit {
    /** Does it. */
    void run() throws SQLException;
  }

  private final BeforeCommit beforeCommit;
  private Question question;
  private boolean commitSent;

  /** Takes over the connection, which is closed with the session. */
  PipelinedSession(Connection connection, BeforeCommit beforeCommit) {
    super(connection);
    this.beforeCommit = beforeCommit;
  }

  /**
   * Asks a question, at the latest together with the next query.
   *
   * @param answer reads the result; what it throws, the query or whatever comes next throws
   */
  void askFirst(String sql, RowReader<?> answer, Object... parameters) {
    question = new Question(sql, answer, parameters);
  }

  /** Whether a commit was sent with a statement, so that a failure of it tells nothing. */
  boolean isCommitSent() {
    return commitSent;
  }

  @Override
  public <T> T query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    if (question == null) {
      return super.query(sql, reader, parameters);
    }
    Question first = question;
    question = null;
    Object[] all =
        Stream.of(first.parameters(), parameters).flatMap(Stream::of).toArray(Object[]::new);
    return run(
        first.sql() + ";\n" + sql,
        all,
        statement -> {
          statement.execute();
          read(statement, first.answer());
          statement.getMoreResults();
          return read(statement, reader);
        });
  }

  @Override
  public int update(String sql, Object... parameters) throws SQLException {
    settle();
    return super.update(sql, parameters);
  }

  @Override
  public int[] batch(String sql, List<Object[]> rows) throws SQLException {
    settle();
    return super.batch(sql, rows);
  }

  @Override
  public int last(String sql, Object... parameters) throws SQLException {
    settle();
    beforeCommit.run();
    commitSent = true;
    return run(
        sql + AND_COMMIT,
        parameters,
        statement -> {
          statement.execute();
          int changed = statement.getUpdateCount();
          refuseWarning(statement.getWarnings());
          return changed;
        });
  }

  /**
   * Refuses a commit that the server warned of: it gave up waiting for its standby (syncrep.c), and
   * what it calls done may be lost with it. The warning has no state of its own; whatever else the
   * server may warn of at a commit is as unheard of.
   */
  static void refuseWarning(SQLWarning warning) throws SQLException {
    if (warning != null && !SqlStates.state(warning).equals(NOTICE)) {
      throw warning;
    }
  }

  /**
   * Asks what is to be asked first, before what may wait: whoever is refused must not wait for
   * others' rows and locks before.
   */
  void settle() throws SQLException {
    if (question != null) {
      Question first = question;
      question = null;
      super.query(first.sql(), first.answer(), first.parameters());
    }
  }

  private static <T> T read(PreparedStatement statement, RowReader<T> reader) throws SQLException {
    try (ResultSet result = statement.getResultSet()) {
      return reader.read(result);
    }
  }
}
