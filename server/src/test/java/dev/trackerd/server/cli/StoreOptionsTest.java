package dev.trackerd.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.cli.BadUsage;
import dev.trackerd.server.assembly.StoreLocation;
import dev.trackerd.server.assembly.StoreLocation.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where a store and its secrets may be given, and what is said where they may not. */
final class StoreOptionsTest {
  private static final String URL = "jdbc:postgresql://db:6000/trackerd";
  private static final String CANARY = "canary";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter error = new StringWriter();

  /** Takes the flags of a store, and opens nothing. */
  @Command(name = "trackerd", mixinStandardHelpOptions = true)
  private final class Flags implements Callable<Integer> {
    @Mixin StoreOptions store;
    private StoreLocation location;

    @Override
    public Integer call() {
      location = store.location(environment);
      store.masterKey(environment);
      return 0;
    }
  }

  private StoreLocation location(String... flags) {
    Flags command = new Flags();
    int exit = run(command, flags);
    assertThat(error.toString()).isEmpty();
    assertThat(exit).isZero();
    return command.location;
  }

  private StoreLocation database(String... flags) {
    environment.put("TRACKERD_MASTER_KEY", "A");
    return location(flags);
  }

  private void assertRefused(String told, String... flags) {
    environment.putIfAbsent("TRACKERD_MASTER_KEY", "A");
    assertThat(run(new Flags(), flags)).isEqualTo(2);
    assertThat(error.toString().lines()).hasSize(2);
    assertThat(error.toString()).startsWith("trackerd: " + told).doesNotContain(CANARY);
  }

  private int run(Flags command, String... flags) {
    return new CommandLine(command)
        .setErr(new PrintWriter(error, true))
        .setParameterExceptionHandler(new BadUsage())
        .setExecutionExceptionHandler(TrackerdMain::fail)
        .execute(flags);
  }

  private Path file(String text, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void sqlite_isWhereNothingElseIsSaid() {
    assertThat(location("--data-dir", "x")).isEqualTo(new StoreLocation.Directory(Path.of("x")));
    environment.put("TRACKERD_STORE", "sqlite");
    assertThat(location()).isEqualTo(new StoreLocation.Directory(Path.of("./trackerd-data")));
  }

  @Test
  void url_isTakenFromFlagVariableOrFile() throws IOException {
    assertThat(database("--store", URL + "?user=" + CANARY)).hasToString("db:6000/trackerd");
    Path file = file(URL + "?user=u&password=" + CANARY + "\n", "rw-------");
    assertThat(database("--store", file.toUri().toString())).hasToString("db:6000/trackerd");
    environment.put("TRACKERD_STORE", "jdbc:postgresql://other/db?password=" + CANARY);
    assertThat(database()).hasToString("other:5432/db");
    assertThat(database("--store", URL)).hasToString("db:6000/trackerd");
  }

  @Test
  void connections_areTenUnlessToldOtherwise() {
    assertThat(((Database) database("--store", URL)).connections()).isEqualTo(10);
    assertThat(((Database) database("--store", URL, "--store-connections", "3")).connections())
        .isEqualTo(3);
    assertRefused(
        "--store-connections: expected: 1 to 1000", "--store", URL, "--store-connections", "0");
  }

  @Test
  void password_isTakenFromVariableOrFile() throws IOException {
    assertThat(((Database) database("--store", URL)).holdsSecret()).isFalse();
    environment.put("TRACKERD_STORE_PASSWORD", CANARY);
    assertThat(database("--store", URL))
        .isEqualTo(Database.parse(URL + "?password=" + CANARY, 10))
        .hasToString("db:6000/trackerd");
    environment.remove("TRACKERD_STORE_PASSWORD");
    Path file = file(CANARY + " é\r\n", "r--------");
    Database expected = Database.parse(URL + "?password=" + CANARY + "%20é", 10);
    assertThat(database("--store", URL, "--store-password-file", file.toString()))
        .isEqualTo(expected);
    environment.put("TRACKERD_STORE_PASSWORD_FILE", file.toString());
    assertThat(database("--store", URL)).isEqualTo(expected);
  }

  @Test
  void password_isTakenOnce() throws IOException {
    environment.put("TRACKERD_STORE_PASSWORD", CANARY);
    assertRefused(
        "both TRACKERD_STORE_PASSWORD and --store-password-file are given (expected: one)",
        "--store",
        URL,
        "--store-password-file",
        "x");
  }

  @Test
  void password_isNotTakenBesideThatOfTheUrl() {
    environment.put("TRACKERD_STORE", URL + "?password=" + CANARY);
    environment.put("TRACKERD_STORE_PASSWORD", CANARY);
    assertRefused("TRACKERD_STORE: the password stands in the URL, and apart from it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?user=u&password=canary", "?sslpassword=canary"})
  void password_isRefusedWhereOthersCanReadIt(String parameters) {
    assertRefused(
        "--store: has a password, which everyone on this machine can read there (expected: in"
            + " TRACKERD_STORE_PASSWORD, --store-password-file, TRACKERD_STORE or ~/.pgpass)",
        "--store",
        URL + parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--stor=", "", "--data-dir=x "})
  void password_isNotRepeatedWhereAWordIsUnknown(String before) {
    String url = URL + "?password=canary&user=u";
    assertThat(run(new Flags(), (before + url).split(" "))).isEqualTo(2);
    assertThat(error.toString()).contains("password=…&user=u").doesNotContain(CANARY);
  }

  @Test
  void help_showsNoSecret() {
    environment.put("TRACKERD_STORE", URL + "?password=" + CANARY);
    StringWriter help = new StringWriter();
    new CommandLine(new Flags()).setOut(new PrintWriter(help, true)).execute("--help");
    assertThat(help.toString()).contains("Default: sqlite").doesNotContain(CANARY);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                     'expected: sqlite, jdbc:postgresql://host:port/database, or file:'",
    "postgres://canary/t,    'expected: sqlite, jdbc:postgresql://host:port/database, or file:'",
    "jdbc:postgresql:canary, the URL of a database (expected:",
    "'jdbc:postgresql://u:canary@db/t', the URL's host: it has an @ (expected: the role as",
    "file:canary,            'expected: file:///path, with an absolute path'",
    "file://canary/x,        'expected: file:///path, with an absolute path'",
    "file:///no/such/file,   /no/such/file: no such file or folder"
  })
  void store_thatIsNone_isToldByFlagAndByVariable(String store, String told) {
    assertRefused("--store: " + told, "--store", store);
    error.getBuffer().setLength(0);
    environment.put("TRACKERD_STORE", store);
    assertRefused("TRACKERD_STORE: " + told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://canary/t?password=canary",
        "JDBC:MySQL://canary/t",
        "jdbc:sqlite:canary",
        "mysql://u:canary@db/t"
      })
  void store_inAnotherDatabase_isToldInOneLine(String store) throws IOException {
    String told = ": the URL of another database (expected: sqlite, jdbc:postgresql://host:port/";
    assertCannotBeUsed("--store" + told, "--store", store);
    assertCannotBeUsed("--store" + told, "--store", file(store, "rw-------").toUri().toString());
    environment.put("TRACKERD_STORE", store);
    assertCannotBeUsed("TRACKERD_STORE" + told);
  }

  private void assertCannotBeUsed(String told, String... flags) {
    error.getBuffer().setLength(0);
    assertThat(run(new Flags(), flags)).isEqualTo(1);
    assertThat(error.toString().lines()).hasSize(1);
    assertThat(error.toString()).startsWith("trackerd: " + told).doesNotContain(CANARY);
  }

  @Test
  void file_isItsOwnersAlone() throws IOException {
    Path file = file(URL, "rw-r-----");
    String told = file + ": others than its owner have access to it (expected: mode 0600;";
    assertRefused("--store: " + told, "--store", file.toUri().toString());
    error.getBuffer().setLength(0);
    assertRefused(
        "--store-password-file: " + told, "--store", URL, "--store-password-file", file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n"})
  void passwordFile_thatIsEmpty_isRefused(String text) throws IOException {
    Path file = file(text, "rw-------");
    assertRefused(
        "--store-password-file: " + file + ": is empty",
        "--store",
        URL,
        "--store-password-file",
        file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", CANARY, "file:///etc/hostname"})
  void file_holdsTheUrlOfADatabase(String text) throws IOException {
    Path file = file(text, "rw-------");
    assertRefused(
        "--store: the URL of a database (expected: jdbc:postgresql://",
        "--store",
        file.toUri().toString());
  }

  @Test
  void masterKey_isNotMadeForADatabaseThatOthersShare() {
    environment.put("TRACKERD_MASTER_KEY", " ");
    assertRefused(
        "no master key: give the one of this database by --master-key-file or TRACKERD_MASTER_KEY;"
            + " for a new database, make one by:"
            + " (umask 077; head -c 32 /dev/urandom | base64 > master.key)\n",
        "--store",
        URL);
    assertThat(Path.of("trackerd-data")).doesNotExist();
  }
}
