package dev.trackerd.server.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection with the statements prepared on it so far. For one thread at a time. An engine may
 * have one that sends several of its statements at a time.
 */
public class Session implements AutoCloseable {

  /** Reads the row that a result stands on. */
  public interface RowReader<T> {
    /** Returns what it says; called before the result moves on. */
    T read(ResultSet row) throws SQLException;
  }

  /** What to do with a statement whose parameters are set. */
  protected interface Use<T> {
    /** Runs it, and returns what came of it. */
    T of(PreparedStatement statement) throws SQLException;
  }

  private static final Object[] NOTHING = {};

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /** Takes over a connection, which is closed with the session. */
  public Session(Connection connection) {
    this.connection = connection;
  }

  /** Runs a statement and returns how many rows it changed. */
  public int update(String sql, Object... parameters) throws SQLException {
    return run(
        sql,
        parameters,
        statement -> {
          int changed = statement.executeUpdate();
          // Otherwise it would hold on to the last texts, which may be megabytes.
          statement.clearParameters();
          return changed;
        });
  }

  /**
   * Runs the last statement of a transaction, and returns how many rows it changed. The commit may
   * go with it, whatever it changed, so that no other statement can belong to the transaction.
   */
  public int last(String sql, Object... parameters) throws SQLException {
    return update(sql, parameters);
  }

  /**
   * Runs a statement once for each row of parameters, in their order, and returns how many rows
   * each run changed. A database that is a server gets many of them at a time.
   */
  public int[] batch(String sql, List<Object[]> rows) throws SQLException {
    return run(
        sql,
        NOTHING,
        statement -> {
          try {
            for (Object[] row : rows) {
              set(statement, row);
              statement.addBatch();
            }
            return statement.executeBatch();
          } finally {
            statement.clearBatch();
            statement.clearParameters();
          }
        });
  }

  /** Runs a statement that neither takes nor returns anything. */
  public void execute(String sql) throws SQLException {
    run(sql, NOTHING, PreparedStatement::execute);
  }

  /** Returns the first row, or empty. */
  public <T> Optional<T> first(String sql, RowReader<T> row, Object... parameters)
      throws SQLException {
    return query(
        sql,
        result -> result.next() ? Optional.ofNullable(row.read(result)) : Optional.empty(),
        parameters);
  }

  /** Returns all rows. */
  public <T> List<T> all(String sql, RowReader<T> row, Object... parameters) throws SQLException {
    return query(
        sql,
        result -> {
          List<T> rows = new ArrayList<>();
          while (result.next()) {
            rows.add(row.read(result));
          }
          return rows;
        },
        parameters);
  }

  /** Hands over the whole result, before its first row. */
  public <T> T query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    return run(
        sql,
        parameters,
        statement -> {
          try (ResultSet result = statement.executeQuery()) {
            return reader.read(result);
          }
        });
  }

  /** Runs a script of several statements. */
  public void script(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Prepares a statement unless it is, sets its parameters, and puts it to use. */
  protected final <T> T run(String sql, Object[] parameters, Use<T> use) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    try {
      set(statement, parameters);
      return use.of(statement);
    } catch (SQLException | RuntimeException | Error e) {
      // The driver gives up statements that fail in ways it doesn't expect: prepare it anew.
      statements.remove(sql);
      closing(statement, e);
      throw e;
    }
  }

  private static void set(PreparedStatement statement, Object[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  private static void closing(PreparedStatement statement, Throwable failure) {
    try {
      statement.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
