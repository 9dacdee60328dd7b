package dev.trackerd.server.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.Conditions;
import dev.trackerd.server.store.postgres.PostgresStores;
import dev.trackerd.v1.Tracker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last step of the schema, on tables that the version before made and that are being read. */
class SchemaUpgradeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int READS = 200;
  private static final String ACCOUNT = "123456789012";
  private static final long ID = 1_234_567_890_123_456L;
  private static final byte[] MESSAGE =
      Tracker.newBuilder().setName("older").addVocabulary("a phrase").build().toByteArray();

  /** As programs of every version have it. */
  private static final String GET =
      """
      SELECT id, version, name, checksum, message
      FROM tracker
      WHERE account_id = ? AND id = ?
      """;

  @TempDir Path directory;

  @Test
  void lastStep_isTakenWhileTrackersAreRead() throws Exception {
    List<String> steps = steps();
    assertThat(steps).hasSizeGreaterThan(1);
    try (Cluster cluster = new Cluster(directory, ACCOUNT + ":app1:secret1")) {
      before(cluster, steps.subList(0, steps.size() - 1));
      AtomicInteger reads = new AtomicInteger();
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<?> reader =
          CompletableFuture.runAsync(() -> readUntil(enough, cluster, reads));
      ClusterServer server;
      try {
        more(reads, reader);

        server = cluster.serve();

        more(reads, reader);
      } finally {
        enough.set(true);
      }
      reader.join();
      assertThat(cluster.number("SELECT version FROM schema_version")).isEqualTo(steps.size());
      String token = server.rest().token("app1", "secret1");
      assertThat(new ClusterCaller(server.rest(), token).get("/v1/manage/tracker/" + ID).body())
          .contains("\"name\":\"older\",\"vocabulary\":[\"a phrase\"]");
    }
  }

  /** The scripts that the program has, in their order. */
  private static List<String> steps() throws IOException {
    List<String> steps = new ArrayList<>();
    while (true) {
      String name = steps.size() + 1 + ".sql";
      try (InputStream in = PostgresStores.class.getResourceAsStream(name)) {
        if (in == null) {
          return steps;
        }
        steps.add(new String(in.readAllBytes(), UTF_8));
      }
    }
  }

  /** Leaves the database as a program that knows those steps would, with one tracker in it. */
  private static void before(Cluster cluster, List<String> steps) throws SQLException {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)");
      statement.execute("INSERT INTO schema_version VALUES (" + steps.size() + ")");
      for (String step : steps) {
        statement.execute(step);
      }
      CRC32C checksum = new CRC32C();
      checksum.update(MESSAGE);
      String sql =
          "INSERT INTO tracker (account_id, id, name, version, checksum, message)"
              + " VALUES (?, ?, 'older', 1, ?, ?)";
      try (PreparedStatement insert = connection.prepareStatement(sql)) {
        insert.setString(1, ACCOUNT);
        insert.setLong(2, ID);
        insert.setLong(3, checksum.getValue());
        insert.setBytes(4, MESSAGE);
        insert.executeUpdate();
      }
    }
  }

  /** Reads as a running program does, by a statement that the server has prepared. */
  private static void readUntil(AtomicBoolean enough, Cluster cluster, AtomicInteger reads) {
    try (Connection connection = cluster.connect();
        PreparedStatement get = connection.prepareStatement(GET)) {
      get.unwrap(org.postgresql.PGStatement.class).setPrepareThreshold(1);
      get.setString(1, ACCOUNT);
      get.setLong(2, ID);
      while (!enough.get()) {
        try (ResultSet row = get.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getBytes("message")).isEqualTo(MESSAGE);
        }
        reads.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new AssertionError("after " + reads + " reads", e);
    }
  }

  private static void more(AtomicInteger reads, CompletableFuture<?> reader) {
    int before = reads.get();
    Conditions.within(
        PATIENCE,
        "reads",
        () -> reads.get() >= before + READS || reader.isCompletedExceptionally());
  }
}
