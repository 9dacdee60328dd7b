package dev.trackerd.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.Conditions;
import dev.trackerd.server.CrashClient;
import dev.trackerd.server.ProgramProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of one version run on while a server of the next one brings the tables up to date. */
class RollingUpgradeIT {
  private static final int WRITES = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a later program may do to tables that this one has in use: it adds. */
  private static final String NEXT_STEP =
      """
      ALTER TABLE tracker ADD COLUMN later TEXT;
      ALTER TABLE api_key ADD COLUMN later BIGINT NOT NULL DEFAULT 0;
      CREATE TABLE later (id BIGINT PRIMARY KEY);
      CREATE INDEX tracker_later ON tracker (later);
      UPDATE schema_version SET version = version + 1;
      """;

  @TempDir Path directory;
  private final CrashClient client = new CrashClient("123456789012", 1);
  private Cluster cluster;

  @BeforeEach
  void start() {
    cluster = new Cluster(directory, client.credential());
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  @Test
  void runningServer_outlivesTheNextSchemaUnderLoad() throws Exception {
    ClusterServer server = cluster.serve();
    client.logIn(server.rest());
    CountDownLatch acknowledged = new CountDownLatch(3 * WRITES);
    CompletableFuture<?> writing =
        CompletableFuture.runAsync(() -> client.write(server.rest(), acknowledged));
    Conditions.within(
        PATIENCE, "writes before", () -> acknowledged.getCount() <= 2 * WRITES || writing.isDone());

    migrate();

    // Fails by what the server answered, if not all were acknowledged.
    Conditions.within(
        PATIENCE, "writes after", () -> acknowledged.getCount() == 0 || writing.isDone());
    assertRefusesToStart();
    // And still serves: those who were there first need no new program.
    assertThat(server.rest().call("GET", "/readyz", null).status()).isEqualTo(200);
    server.process().kill();
    writing.join();
  }

  private void migrate() throws SQLException {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(NEXT_STEP);
      connection.commit();
    }
  }

  private void assertRefusesToStart() throws Exception {
    ProgramProcess refused = cluster.begin();
    assertThat(refused.exitStatus()).isEqualTo(1);
    assertThat(refused.error().lines().filter(line -> line.startsWith("trackerd: ")))
        .singleElement()
        .asString()
        .contains("newer trackerd");
    assertThat(refused.error()).doesNotContain("\tat ");
  }
}
