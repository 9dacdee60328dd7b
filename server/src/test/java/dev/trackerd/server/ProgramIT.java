package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator sees it: flags, standard output, exit status, signals. */
class ProgramIT {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path directory;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void firstStart_printsAKeyOnceAndAReadyLine() throws Exception {
    Process first = run(Map.of(), "--http-port", "0", "--grpc-port", "0");
    List<String> lines = untilReady(first);

    assertThat(lines.get(0)).matches("First start: made account [0-9]{12} .*");
    String curl = lines.stream().filter(line -> line.startsWith("curl ")).findFirst().orElseThrow();
    String url = lines.get(lines.size() - 1).replaceAll(".* http=", "");
    assertThat(curl).contains(url + "/oauth2/token:generate");
    assertThat(lines.get(lines.size() - 1))
        .matches("ready grpc=127\\.0\\.0\\.1:[0-9]+ http=http://127\\.0\\.0\\.1:[0-9]+");
    Process token = new ProcessBuilder("bash", "-c", curl).start();
    assertThat(new String(token.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("{\"accessToken\":\"ey");

    assertThat(end(first)).isZero();
    List<String> second =
        untilReady(run(Map.of(), "serve", "--http-port", "0", "--grpc-port", "0"));
    assertThat(second).hasSize(1);
  }

  @Test
  void start_fallsOverASecondServerOnTheDirectory() throws Exception {
    untilReady(run(Map.of(), "--http-port", "0", "--grpc-port", "0"));
    Process second = run(Map.of(), "--http-port", "0", "--grpc-port", "0");

    assertFails(second, 1, "is in use by another trackerd server");
  }

  @Test
  void start_fallsOverATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertFails(run(Map.of(), "--http-port", port, "--grpc-port", "0"), 1, port);
      assertFails(run(Map.of(), "--http-port", "0", "--grpc-port", port), 1, port);
    }
  }

  @Test
  void start_fallsOverAnotherMasterKey() throws Exception {
    Process first = run(Map.of(), "--http-port", "0", "--grpc-port", "0");
    untilReady(first);
    assertThat(end(first)).isZero();
    String other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    assertFails(
        run(Map.of("TRACKERD_MASTER_KEY", other), "--http-port", "0", "--grpc-port", "0"),
        1,
        "master key");
  }

  @Test
  void usage_isTwoForBadFlags() throws Exception {
    assertUsage(run(Map.of(), "--no-such-flag"), "--no-such-flag");
    assertUsage(run(Map.of(), "--http-port", "70000"), "--http-port");
    assertUsage(run(Map.of(), "--store", "oracle"), "--store");
    assertUsage(
        run(Map.of("TRACKERD_CREDENTIALS", "1:secretive"), "serve"), "TRACKERD_CREDENTIALS");
    assertUsage(run(Map.of(), "dance"), "dance");
  }

  @Test
  void help_andVersionAreNoFailure() throws Exception {
    Process help = run(Map.of(), "--help");
    assertThat(help.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(help.exitValue()).isZero();
    assertThat(output(help)).contains("serve", "key");
    Process version = run(Map.of(), "--version");
    assertThat(version.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(output(version)).startsWith("trackerd ");
  }

  @Test
  void environment_standsInForFlags() throws Exception {
    Process server =
        run(
            Map.of(
                "TRACKERD_HTTP_PORT", "0",
                "TRACKERD_GRPC_PORT", "0",
                "TRACKERD_CREDENTIALS", "123456789012:app1:secret1"),
            "serve");

    assertThat(untilReady(server)).hasSize(1);
  }

  private void assertFails(Process process, int status, String text) throws Exception {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    String error = error(process);
    assertThat(process.exitValue()).as(error).isEqualTo(status);
    List<String> lines = error.lines().filter(line -> line.startsWith("trackerd: ")).toList();
    assertThat(lines).as(error).hasSize(1);
    assertThat(lines.get(0)).contains(text);
    assertThat(error).doesNotContain("\tat ");
  }

  private void assertUsage(Process process, String text) throws Exception {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    String error = error(process);
    assertThat(process.exitValue()).as(error).isEqualTo(2);
    assertThat(error).contains(text).contains("Usage: trackerd").doesNotContain("secretive");
  }

  private Process run(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TrackerdMain.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TRACKERD_DATA_DIR", directory.resolve("data").toString());
    builder.environment().putAll(environment);
    builder.redirectError(Files.createTempFile(directory, "err", ".log").toFile());
    Process process = builder.start();
    processes.add(process);
    errors.put(process, builder.redirectError().file().toPath());
    return process;
  }

  private final Map<Process, Path> errors = new java.util.HashMap<>();

  private String error(Process process) throws IOException {
    return Files.readString(errors.get(process));
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private List<String> untilReady(Process process) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = process.inputReader();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.startsWith("ready")) {
        return lines;
      }
    }
    throw new IllegalStateException("never ready: " + error(process));
  }

  private static int end(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
