package dev.trackerd.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.assembly.StoreEngine;
import dev.trackerd.server.assembly.StoreLocation;
import dev.trackerd.server.auth.ApiKeys;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoredContents;
import dev.trackerd.server.store.sqlite.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trackerd export}, {@code import}, {@code backup} and {@code check} on SQLite. */
final class TransferCommandsTest {
  private static final AccountId ANNA = new AccountId("111111111111");
  private static final AccountId BERT = new AccountId("222222222222");
  private static final String COUNTS = "event trackers 0, dataset groups 0, datasets 0, keys ";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private record Result(int exit, String out, String err) {}

  @BeforeEach
  void fill() {
    Path data = folder.resolve("a");
    try (Stores stores = StoreEngine.open(new StoreLocation.Directory(data))) {
      for (AccountId account : List.of(ANNA, BERT)) {
        stores.trackers().create(account, StoredContents.of("n", List.of("phrase")));
      }
      ApiKeys.open(stores.credentials(), MasterKey.open(data), Clock.systemUTC())
          .ensure(new NewApiKey(ANNA, "annas", "secret"));
    }
  }

  private Result run(String command, String data, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all =
        Stream.concat(Stream.of(command, "--data-dir", path(data)), Stream.of(arguments))
            .toArray(String[]::new);
    int exit =
        TrackerdMain.commandLine(environment)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all);
    return new Result(exit, out.toString(), err.toString());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void exportAndImport_moveAStore() throws IOException {
    assertThat(run("export", "a", "--with-keys", "--output", path("e")))
        .isEqualTo(new Result(0, "", "exported: trackers 2, " + COUNTS + "1\n"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("e"))))
        .isEqualTo("rw-------");
    assertThat(run("import", "b", "--new-store", path("e")))
        .isEqualTo(
            new Result(
                0,
                "",
                "imported: trackers 2, "
                    + COUNTS
                    + "1\nGive the servers of this store the master key that sealed the keys.\n"));
    assertThat(run("export", "b", "--with-keys", "--output", path("f")).exit()).isZero();
    assertThat(folder.resolve("f")).hasSameBinaryContentAs(folder.resolve("e"));
    assertThat(run("import", "b", path("e")))
        .isEqualTo(
            new Result(
                0,
                "",
                "imported: trackers 0, "
                    + COUNTS
                    + "0\nthere already: trackers 2, "
                    + COUNTS
                    + "1\n"));
  }

  @Test
  void exportOfAnAccount_leavesOthersOut() throws IOException {
    run("export", "a", "--account", BERT.value(), "--output", path("e"));
    assertThat(Files.readString(folder.resolve("e")))
        .contains(BERT.value())
        .doesNotContain(ANNA.value())
        .doesNotContain("sealedSecret");
    assertThat(run("export", "a", "--account", "1", "--output", path("f")).exit()).isEqualTo(2);
  }

  @Test
  void export_refusesAFileThatIsThere() throws IOException {
    Files.writeString(folder.resolve("e"), "mine");
    assertThat(run("export", "a", "--output", path("e")))
        .isEqualTo(
            new Result(
                1, "", "trackerd: " + path("e") + ": is there already (expected: a new file)\n"));
    assertThat(folder.resolve("e")).hasContent("mine");
  }

  @Test
  void export_leavesNoFileOfADamagedStore() throws SQLException {
    damage("a");
    Result result = run("export", "a", "--output", path("e"));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .matches("trackerd: account 111111111111: tracker \\d{16}: its checksum is wrong .*\n");
    assertThat(folder.resolve("e")).doesNotExist();
  }

  @Test
  void commands_makeNoStoreOfAMistypedFolder() {
    String missing = path("none") + ": no such data directory (see --data-dir)";
    for (String command : List.of("export", "check")) {
      assertThat(run(command, "none")).isEqualTo(new Result(1, "", "trackerd: " + missing + "\n"));
    }
    assertThat(run("backup", "none", path("x")).err()).isEqualTo("trackerd: " + missing + "\n");
    assertThat(run("import", "none", path("x")).err())
        .isEqualTo("trackerd: " + missing + "; --new-store makes one\n");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void import_tellsAMissingFileAndABadLine() throws IOException {
    assertThat(run("import", "a", path("x")).err())
        .isEqualTo("trackerd: " + path("x") + ": can't be read: no such file or folder\n");
    Files.writeString(folder.resolve("x"), "{\"trackers\":[]}\n");
    assertThat(run("import", "a", path("x")))
        .isEqualTo(
            new Result(
                1,
                "",
                "trackerd: line 1: this is no export of trackerd (expected:"
                    + " {\"trackerd_export\":1,…}); nothing was imported\n"));
    assertThat(run("import", "a").exit()).isEqualTo(2);
  }

  @Test
  void import_tellsConflictsAndReturns1() {
    run("export", "a", "--account", ANNA.value(), "--output", path("e"));
    try (Stores stores = StoreEngine.open(new StoreLocation.Directory(folder.resolve("b")))) {
      stores.trackers().create(ANNA, StoredContents.of("n", List.of("another")));
    }
    Result result = run("import", "b", path("e"));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches("line 2: account 111111111111: tracker \\d{16}: the store holds .*"),
            line -> assertThat(line).isEqualTo("imported: trackers 0, " + COUNTS + "0"),
            line ->
                assertThat(line)
                    .isEqualTo("trackerd: lines not imported: 1; the lines above tell why"));
  }

  @Test
  void import_isRefusedWhileAServerHasTheFolder() {
    run("export", "a", "--output", path("e"));
    try (var lock = DataDirectory.open(folder.resolve("a")).lock()) {
      assertThat(lock).isNotNull();
      assertThat(run("import", "a", path("e")))
          .isEqualTo(
              new Result(
                  1,
                  "",
                  "trackerd: data directory "
                      + path("a")
                      + " is in use by another trackerd server\n"));
      assertThat(run("export", "a", "--output", path("f")).exit()).isZero();
      assertThat(run("check", "a").exit()).isZero();
      assertThat(run("backup", "a", path("g")).exit()).isZero();
    }
    assertThat(run("import", "a", path("e")).exit()).isZero();
  }

  @Test
  void backup_makesAFileAndTellsOfTheMasterKey() throws IOException {
    Result result = run("backup", "a", path("x"));
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            path("x") + ": trackers 2, bytes " + Files.size(folder.resolve("x")) + ", checked\n");
    assertThat(result.err()).contains(path("a/master.key"));
    Files.createDirectory(folder.resolve("b"));
    Files.copy(folder.resolve("x"), folder.resolve("b/trackerd.db"));
    Files.copy(folder.resolve("a/master.key"), folder.resolve("b/master.key"));
    assertThat(run("check", "b"))
        .isEqualTo(new Result(0, "found: trackers 2, " + COUNTS + "1\nno faults\n", ""));
  }

  @Test
  void backup_isForSqliteOnly() {
    environment.put("TRACKERD_STORE", "jdbc:postgresql://127.0.0.1:1/none");
    Result result = run("backup", "a", path("x"));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("pg_dump").contains("pg_basebackup");
  }

  @Test
  void check_tellsFaults() throws SQLException, IOException {
    damage("a");
    Files.delete(folder.resolve("a/master.key"));
    Result result = run("check", "a");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("fault: account 1{12}: tracker \\d{16}: .*wrong"),
            line -> assertThat(line).matches("fault: account 2{12}: tracker \\d{16}: .*wrong"),
            line -> assertThat(line).isEqualTo("found: trackers 0, " + COUNTS + "1"),
            line -> assertThat(line).startsWith("not checked: the secrets of the keys"),
            line -> assertThat(line).isEqualTo("faults: 2"));
    assertThat(folder.resolve("a/master.key")).doesNotExist();
  }

  @Test
  void check_tellsAnotherMasterKey() {
    environment.put("TRACKERD_MASTER_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    assertThat(run("check", "a"))
        .isEqualTo(
            new Result(
                1,
                "fault: the master key is not the one that this store was made with\n"
                    + "fault: account 111111111111: key annas: the master key does not open its"
                    + " secret\nfound: trackers 2, "
                    + COUNTS
                    + "1\nfaults: 2\n",
                ""));
  }

  private void damage(String data) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve(data).resolve("trackerd.db");
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE tracker SET checksum = checksum + 1");
    }
  }
}
