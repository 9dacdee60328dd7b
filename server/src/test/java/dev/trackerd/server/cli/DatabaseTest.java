package dev.trackerd.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.postgres.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the commands say of a PostgreSQL that they can't use, and how they use one that they can.
 */
final class DatabaseTest {
  private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String OTHER_KEY = "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final Pattern JSON =
      Pattern.compile("\\{\"account\":\"123456789012\",\"id\":\"(\\w+)\",\"secret\":\"\\w+\"}\n");
  private static final int PATIENCE_SECONDS = 60;
  private static final TestPostgres POSTGRES = TestPostgres.shared();

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter error = new StringWriter();
  private final StringWriter output = new StringWriter();

  /** A role that has a password, and may make no tables; others need none. */
  @BeforeAll
  static void makeRole() throws Exception {
    POSTGRES.execute("postgres", "CREATE ROLE locked LOGIN PASSWORD 'the right one'");
    String url = POSTGRES.url("postgres");
    try (Connection connection = DriverManager.getConnection(url)) {
      Path rules = Path.of(first(connection, "SHOW hba_file"));
      Path draft = Files.createTempFile(rules.getParent(), "hba", null);
      String line = "host all locked all scram-sha-256\n";
      Files.writeString(draft, line + Files.readString(rules));
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(draft, rules, StandardCopyOption.REPLACE_EXISTING);
      first(connection, "SELECT pg_reload_conf()");
    }
    // Its main process reads the rules when it gets to it.
    Instant late = Instant.now().plusSeconds(PATIENCE_SECONDS);
    while (letsIn(POSTGRES.url("postgres", "locked"))) {
      assertThat(Instant.now()).as("the rules are read in time").isBefore(late);
    }
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (ResultSet row = connection.createStatement().executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static boolean letsIn(String url) {
    try (Connection connection = DriverManager.getConnection(url)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  @BeforeEach
  void giveKey() {
    environment.put("TRACKERD_MASTER_KEY", KEY);
  }

  private int run(String... arguments) {
    error.getBuffer().setLength(0);
    output.getBuffer().setLength(0);
    return TrackerdMain.commandLine(environment)
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(error, true))
        .execute(arguments);
  }

  /** Neither a server nor a command of keys gets by, and each says in one line why. */
  private void assertRefused(String where, String why) {
    List<String[]> commands =
        List.of(
            new String[] {"serve", "--http-port=0", "--grpc-port=0"},
            new String[] {"key", "list"},
            new String[] {"key", "create", "--account=123456789012", "--new-store"});
    for (String[] command : commands) {
      assertThat(run(command)).isEqualTo(1);
      assertThat(output.toString()).isEmpty();
      assertThat(error.toString()).startsWith("trackerd: " + where + ": ").contains(why);
      assertThat(error.toString().lines()).hasSize(1);
      assertThat(error.toString()).doesNotContain("canary", "password=", "jdbc:", "Exception");
    }
  }

  private String create(String... more) {
    List<String> command = List.of("key", "create", "--account=123456789012", "--json");
    String[] all = Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new);
    assertThat(run(all)).as("%s", error).isZero();
    Matcher key = JSON.matcher(output.toString());
    assertThat(key.matches()).as(output.toString()).isTrue();
    return key.group(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"serve --http-port=0", "key list", "export", "import x", "backup x", "check"})
  void anotherDatabase_isToldInOneLine(String command) {
    environment.put("TRACKERD_STORE", "jdbc:mysql://db/t?password=canary");
    assertThat(run(command.split(" "))).isEqualTo(1);
    assertThat(output.toString()).isEmpty();
    assertThat(error.toString())
        .startsWith(
            "trackerd: TRACKERD_STORE: the URL of another database (expected: sqlite, jdbc:")
        .hasLineCount(1)
        .doesNotContain("canary");
  }

  @Test
  void missingDatabase_isToldInOneLine() {
    environment.put("TRACKERD_STORE", POSTGRES.url("nowhere") + "&password=canary");
    assertRefused("127.0.0.1:" + POSTGRES.port() + "/nowhere", "there is no such database");
  }

  @Test
  void wrongPassword_isToldInOneLine() {
    environment.put("TRACKERD_STORE", POSTGRES.url("postgres", "locked"));
    environment.put("TRACKERD_STORE_PASSWORD", "canary");
    assertRefused("127.0.0.1:" + POSTGRES.port() + "/postgres", "password is wrong");
  }

  @Test
  void noPassword_isToldInOneLine() {
    environment.put("TRACKERD_STORE", POSTGRES.url("postgres", "locked"));
    assertRefused("127.0.0.1:" + POSTGRES.port() + "/postgres", "wants a password");
  }

  @Test
  void password_isTakenFromPgpass() throws IOException {
    Path file = Files.writeString(folder.resolve("pgpass"), "*:*:*:locked:the right one\n");
    environment.put("TRACKERD_STORE", POSTGRES.url("postgres", "locked"));
    // Stands in for the variable PGPASSFILE, which the driver reads by itself.
    System.setProperty("org.postgresql.pgpassfile", file.toString());
    try {
      assertThat(run("key", "list")).isEqualTo(1);
      assertThat(error.toString()).contains("no store in this database");
    } finally {
      System.clearProperty("org.postgresql.pgpassfile");
    }
  }

  @Test
  void roleWithoutCreate_isToldInOneLine() throws IOException {
    String url = POSTGRES.newDatabase();
    environment.put("TRACKERD_STORE", url.replace("user=postgres", "user=locked"));
    Path file = Files.writeString(folder.resolve("password"), "the right one\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    environment.put("TRACKERD_STORE_PASSWORD_FILE", file.toString());
    assertThat(run("serve", "--http-port=0", "--grpc-port=0")).isEqualTo(1);
    assertThat(error.toString().lines())
        .singleElement()
        .asString()
        .contains("the role may not make its tables", "GRANT");
    assertThat(run("key", "list")).isEqualTo(1);
    assertThat(error.toString()).contains("no store in this database");
  }

  @Test
  void missingTls_isToldInOneLine() {
    environment.put("TRACKERD_STORE", POSTGRES.url("postgres") + "&sslmode=require");
    assertRefused("127.0.0.1:" + POSTGRES.port() + "/postgres", "it has no TLS");
  }

  @Test
  void unknownHost_isToldInOneLine() {
    environment.put("TRACKERD_STORE", "jdbc:postgresql://nowhere.invalid/t?password=canary");
    assertRefused("nowhere.invalid:5432/t", "no host of that name");
  }

  @Test
  void portWhereNothingListens_isToldInOneLine() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    environment.put("TRACKERD_STORE", "jdbc:postgresql://127.0.0.1:" + port + "/t?user=canary");
    assertRefused("127.0.0.1:" + port + "/t", "nothing listens there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "revoke TK1", "create --account=123456789012"})
  void keyCommands_makeNoStoreWhereNoneIs(String command) throws SQLException {
    String url = POSTGRES.newDatabase();
    environment.put("TRACKERD_STORE", url);
    assertThat(run(("key " + command).split(" "))).isEqualTo(1);
    assertThat(error.toString())
        .startsWith("trackerd: 127.0.0.1:")
        .contains(": no store in this database (see --store)")
        .hasLineCount(1);
    assertThat(error.toString().contains("; --new-store makes one"))
        .isEqualTo(command.startsWith("create"));
    try (Connection connection = DriverManager.getConnection(url)) {
      String tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
      assertThat(first(connection, tables)).isEqualTo("0");
    }
  }

  @Test
  void keyCommands_workOnAStoreThatTheyMade() {
    environment.put("TRACKERD_STORE", POSTGRES.newDatabase());
    String id = create("--new-store");
    String other = create();
    assertThat(run("key", "revoke", id)).isZero();
    assertThat(run("key", "list")).isZero();
    assertThat(output.toString())
        .containsPattern(id + ".*revoked")
        .containsPattern(other + ".*active");
  }

  @Test
  void masterKey_thatIsAnothersChangesNothing() {
    environment.put("TRACKERD_STORE", POSTGRES.newDatabase());
    String id = create("--new-store");
    environment.put("TRACKERD_MASTER_KEY", OTHER_KEY);
    for (String command :
        List.of("key list", "key create --account=123456789012", "serve --http-port=0")) {
      assertThat(run(command.split(" "))).isEqualTo(1);
      assertThat(error.toString())
          .startsWith("trackerd: the master key is not the one that this store was made with")
          .hasLineCount(1)
          .doesNotContain(OTHER_KEY);
    }
    environment.put("TRACKERD_MASTER_KEY", KEY);
    assertThat(run("key", "list")).isZero();
    assertThat(output.toString().lines()).hasSize(2).anyMatch(line -> line.startsWith(id));
  }
}
