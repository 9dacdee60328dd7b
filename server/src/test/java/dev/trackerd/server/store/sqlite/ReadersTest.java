package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.sql.Session;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever closing a session throws, none stays open. */
class ReadersTest {
  private final List<Connection> connections = new ArrayList<>();

  @AfterEach
  void closeAll() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private Readers three(Throwable middle) throws SQLException {
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
      connections.add(connection);
      sessions.add(
          new Session(i == 1 ? FailingConnection.onClose(connection, middle) : connection));
    }
    return new Readers(sessions);
  }

  @Test
  void close_closesAllThoughOneFails() throws SQLException {
    SQLException failure = new SQLException("test");
    Readers readers = three(failure);
    assertThatThrownBy(readers::close).isSameAs(failure);
    assertThat(connections.get(0).isClosed()).isTrue();
    assertThat(connections.get(2).isClosed()).isTrue();
    readers.close();
    assertRefused(UNAVAILABLE, () -> readers.read(session -> 1));
  }

  @Test
  void close_closesAllThoughOneFailsUnexpectedly() throws SQLException {
    RuntimeException failure = new IllegalStateException("test");
    Readers readers = three(failure);
    assertThatThrownBy(readers::close).hasCause(failure);
    assertThat(connections.get(0).isClosed()).isTrue();
    assertThat(connections.get(2).isClosed()).isTrue();
  }

  @Test
  void close_leavesASessionInUseToItsReader() throws SQLException {
    Readers readers = three(new SQLException("test"));
    List<Boolean> closedWithin = new ArrayList<>();
    readers.read(
        session -> {
          // The close waits for this reader in vain: it is the one who closes.
          Thread.currentThread().interrupt();
          assertThatThrownBy(readers::close).isInstanceOf(SQLException.class);
          assertThat(Thread.interrupted()).isTrue();
          connections.forEach(connection -> closedWithin.add(isClosed(connection)));
          return 1;
        });
    assertThat(closedWithin).contains(false);
    assertThat(isClosed(connections.get(0))).isTrue();
    assertThat(isClosed(connections.get(2))).isTrue();
    assertRefused(UNAVAILABLE, () -> readers.read(session -> 1));
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
