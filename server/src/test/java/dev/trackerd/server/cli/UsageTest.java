package dev.trackerd.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the program says to who mistypes, and to who asks for help. */
final class UsageTest {
  @TempDir Path folder;
  private final StringWriter error = new StringWriter();
  private final StringWriter output = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--http-prot=1 | Unknown option: '--http-prot=1'; did you mean --http-port",
        "--http-port=abc | --http-port: 'abc' (expected: a number, at most 2147483647)",
        "--http-port=70000 | --http-port: expected: 0 to 65535",
        "--grpc-port=-1 | --grpc-port: expected: 0 to 65535",
        "--vocabulary-update=x | --vocabulary-update: 'x' (expected: merge or replace)",
        "--access-log=x | --access-log: 'x' (expected: off or on)",
        "--no-ui=x | --no-ui: 'x' (expected: true or false)",
        "--store=oracle | --store: expected: sqlite",
        "--event-tracker-delay=5 | --event-tracker-delay: '5' (expected: such as 1500ms, 2s or 1m)",
        "--cors-origin=* | --cors-origin: '*' (expected: one origin, such as https://app.example",
        "--data-dir | Missing required parameter for option '--data-dir' (DIR)",
      })
  void wrongFlag_isToldInOneLineWithAWayToTheHelp(String flag, String told) {
    assertThat(run("serve", flag)).isEqualTo(2);
    List<String> lines = error.toString().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("trackerd: " + told);
    assertThat(lines.get(1))
        .isEqualTo("Usage: trackerd serve [OPTIONS]; see trackerd serve --help");
  }

  @Test
  void wrongCommand_leadsToTheHelpOfTheProgram() {
    assertThat(run("dance")).isEqualTo(2);
    assertThat(error.toString().lines())
        .containsExactly(
            "trackerd: Unmatched argument at index 0: 'dance'",
            "Usage: trackerd [OPTIONS] [COMMAND]; see trackerd --help");
  }

  @Test
  void help_breaksNoDefaultAndNamesEachVariable() {
    assertThat(run("serve", "--help")).isZero();
    List<String> lines = output.toString().lines().map(String::strip).toList();
    assertThat(lines).contains("Default: 127.0.0.1; variable: TRACKERD_BIND");
    assertThat(lines).anyMatch(line -> line.startsWith("Default: ./trackerd-data;"));
    assertThat(output.toString())
        .contains("TRACKERD_MAX_CONCURRENT_WRITES_PER_ACCOUNT", "JAVA_OPTS", "the flag counts")
        .contains("TRACKERD_STORE_PASSWORD_FILE", "TRACKERD_STORE_CONNECTIONS", "~/.pgpass")
        .contains("TRACKERD_MASTER_KEY_FILE", "TRACKERD_STORE_PASSWORD is", "TRACKERD_LOG_LEVEL is")
        .contains("jdbc:postgresql://host:port/database?user=ROLE", "with its URL: file:///path");
    assertThat(lines).noneMatch(line -> line.length() > 80);
  }

  @Test
  void dataDirectoryThatIsAFile_isToldInWords() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run("serve", "--data-dir", file.toString())).isEqualTo(1);
    assertThat(error.toString())
        .isEqualTo(
            "trackerd: can't use the data directory "
                + file
                + ": a file stands where the folder should be\n");
  }

  @Test
  void fileThatIsNoDatabase_isToldInWords() throws Exception {
    Path file = folder.resolve("trackerd.db");
    Files.writeString(file, "no database, but long enough".repeat(100));
    assertThat(run("serve", "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(error.toString())
        .endsWith(": " + file + ": this is no SQLite database (SQLITE_NOTADB)\n");
  }

  private int run(String... arguments) {
    CommandLine program = TrackerdMain.commandLine(Map.of());
    return program
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(error, true))
        .execute(arguments);
  }
}
