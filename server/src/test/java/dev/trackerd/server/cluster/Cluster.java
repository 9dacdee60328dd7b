package dev.trackerd.server.cluster;

import dev.trackerd.gateway.cli.GatewayMain;
import dev.trackerd.server.ChildJvm;
import dev.trackerd.server.ProgramProcess;
import dev.trackerd.server.RestClient;
import dev.trackerd.server.store.postgres.TestPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PostgreSQL whose commits are on disk, and servers and gateways on one database of it. All end
 * when it is closed. Not thread-safe.
 */
final class Cluster implements AutoCloseable {
  private static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  private final TestPostgres postgres = TestPostgres.durable();
  private final String url = postgres.newDatabase();
  private final List<Closeable> programs = new ArrayList<>();
  private final Path directory;
  private final Map<String, String> environment;

  /**
   * A database without tables.
   *
   * @param directory where programs write what they have to say
   * @param credentials what {@code TRACKERD_CREDENTIALS} of each server says; may be empty
   */
  Cluster(Path directory, String credentials) {
    this.directory = directory;
    this.environment =
        Map.of(
            "TRACKERD_STORE", url,
            "TRACKERD_MASTER_KEY", MASTER_KEY,
            "TRACKERD_CREDENTIALS", credentials,
            "TRACKERD_VOCABULARY_UPDATE", "replace");
  }

  TestPostgres postgres() {
    return postgres;
  }

  /** Runs a command of the program, which is not waited for. */
  ProgramProcess run(String... arguments) throws IOException {
    ProgramProcess process = ProgramProcess.start(directory, environment, arguments);
    programs.add(process::close);
    return process;
  }

  /** Begins to start a server on free ports. */
  ProgramProcess begin(String... flags) throws IOException {
    Stream<String> always = Stream.of("serve", "--http-port", "0", "--grpc-port", "0");
    return run(Stream.concat(always, Stream.of(flags)).toArray(String[]::new));
  }

  /** Starts a server on free ports. */
  ClusterServer serve(String... flags) throws IOException {
    return ClusterServer.ready(begin(flags));
  }

  /** Starts a gateway in front of servers. */
  RestClient gateway(ClusterServer... servers) throws IOException {
    String backends = Stream.of(servers).map(ClusterServer::grpc).collect(Collectors.joining(","));
    ChildJvm jvm =
        ChildJvm.start(
            GatewayMain.class, "--backend", backends, "--http-port", "0", "--access-log", "off");
    programs.add(jvm::close);
    String ready = jvm.output().readLine();
    return new RestClient(ready.substring(ready.indexOf("http://")));
  }

  /** Opens a connection of a superuser to the servers' database. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** What a query of the servers' database finds: the first column of its only row, as a number. */
  long number(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  /** How many sessions wait for what another one holds. */
  long waiting() {
    return number("SELECT count(*) FROM pg_locks WHERE NOT granted");
  }

  /** How many permits to write the accounts hold at this moment, over all servers. */
  long permits() {
    return number(
        """
        SELECT count(*) FROM pg_locks
        WHERE locktype = 'advisory' AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """);
  }

  @Override
  public void close() throws IOException {
    for (Closeable program : programs) {
      program.close();
    }
    postgres.close();
  }
}
