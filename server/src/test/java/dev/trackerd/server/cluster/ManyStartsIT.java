package dev.trackerd.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.Conditions;
import dev.trackerd.server.ProgramProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that all find the database empty. */
class ManyStartsIT {
  private static final int SERVERS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern KEY = Pattern.compile("\\s+(id|secret)\\s+(\\S+)");

  @TempDir Path directory;

  @Test
  void tenServersAtOnce_makeOneSchemaAndOneKey() throws Exception {
    try (Cluster cluster = new Cluster(directory, "")) {
      List<ProgramProcess> begun = beginAll(cluster);
      List<ClusterServer> servers = new ArrayList<>();
      for (ProgramProcess process : begun) {
        servers.add(ClusterServer.ready(process));
      }

      assertThat(cluster.number("SELECT count(*) FROM schema_version")).isEqualTo(1);
      assertThat(cluster.number("SELECT version FROM schema_version")).isPositive();
      assertThat(cluster.number("SELECT count(*) FROM api_key")).isEqualTo(1);
      List<ClusterServer> first =
          servers.stream().filter(s -> s.said().get(0).startsWith("First start: ")).toList();
      assertThat(first).as("who shows a key").hasSize(1);
      List<String> key = key(first.get(0));
      for (ClusterServer server : servers) {
        String token = server.rest().token(key.get(0), key.get(1));
        new ClusterCaller(server.rest(), token).created("of " + server.grpc());
      }
      assertThat(cluster.number("SELECT count(*) FROM tracker")).isEqualTo(SERVERS);
    }
  }

  /** Lets none of them make a table before all are about to. */
  private static List<ProgramProcess> beginAll(Cluster cluster) throws Exception {
    List<ProgramProcess> begun = new ArrayList<>();
    try (Connection holder = cluster.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      // Whoever makes this table too has to see first what becomes of it.
      statement.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)");
      for (int n = 0; n < SERVERS; n++) {
        begun.add(cluster.begin());
      }
      Conditions.within(PATIENCE, "all wait", () -> cluster.waiting() == SERVERS);
      holder.rollback();
    }
    return begun;
  }

  /** Id and secret. */
  private static List<String> key(ClusterServer server) {
    return server.said().stream()
        .map(KEY::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(2))
        .toList();
  }
}
