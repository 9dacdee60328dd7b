package dev.trackerd.server.cluster;

import dev.trackerd.server.Conditions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** A tracker that nobody can change until this is closed: who tries waits in the database. */
final class HeldTracker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final Connection connection;

  private HeldTracker(Cluster cluster, Connection connection) {
    this.cluster = cluster;
    this.connection = connection;
  }

  static HeldTracker of(Cluster cluster, String id) throws SQLException {
    Connection connection = cluster.connect();
    connection.setAutoCommit(false);
    String sql = "SELECT 1 FROM tracker WHERE id = ? FOR UPDATE";
    try (PreparedStatement lock = connection.prepareStatement(sql)) {
      lock.setLong(1, Long.parseLong(id));
      if (!lock.executeQuery().next()) {
        throw new AssertionError("no tracker " + id);
      }
    }
    return new HeldTracker(cluster, connection);
  }

  /** Returns once somebody waits for it. */
  void untilWanted() {
    Conditions.within(PATIENCE, "somebody waits for the tracker", () -> cluster.waiting() > 0);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
