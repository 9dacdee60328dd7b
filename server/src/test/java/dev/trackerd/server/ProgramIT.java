package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as an operator sees it: flags, standard output, exit status, signals. */
class ProgramIT {
  @TempDir Path directory;
  private final List<ProgramProcess> processes = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (ProgramProcess process : processes) {
      process.close();
    }
  }

  @Test
  void firstStart_printsAKeyOnceAndAReadyLine() throws Exception {
    ProgramProcess first = run(Map.of(), "--http-port", "0", "--grpc-port", "0");
    List<String> lines = first.untilReady();

    assertThat(lines.get(0)).matches("First start: made account [0-9]{12} .*");
    assertThat(curl(lines)).contains(ProgramProcess.url(lines) + "/oauth2/token:generate");
    assertThat(lines.get(lines.size() - 1))
        .matches("ready grpc=127\\.0\\.0\\.1:[0-9]+ http=http://127\\.0\\.0\\.1:[0-9]+");
    assertThat(token(lines)).startsWith("{\"accessToken\":\"ey");

    assertThat(first.end()).isZero();
    List<String> second =
        run(Map.of(), "serve", "--http-port", "0", "--grpc-port", "0").untilReady();
    assertThat(second).hasSize(1);
  }

  @Test
  void start_fallsOverASecondServerOnTheDirectory() throws Exception {
    run(Map.of(), "--http-port", "0", "--grpc-port", "0").untilReady();
    ProgramProcess second = run(Map.of(), "--http-port", "0", "--grpc-port", "0");

    assertFails(second, 1, "is in use by another trackerd server");
  }

  @Test
  void start_fallsOverATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String told = "127.0.0.1:" + port + ": another program listens there; see ";
      assertFails(run(Map.of(), "--http-port", port, "--grpc-port", "0"), 1, told + "--http-port");
      assertFails(run(Map.of(), "--http-port", "0", "--grpc-port", port), 1, told + "--grpc-port");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http-port", "--grpc-port"})
  void firstStart_losesNoKeyToATakenPort(String taken) throws Exception {
    String other = taken.equals("--http-port") ? "--grpc-port" : "--http-port";
    try (ServerSocket holder = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(holder.getLocalPort());
      ProgramProcess failed = run(Map.of(), taken, port, other, "0");
      assertFails(failed, 1, port);
      assertThat(failed.output()).isEmpty();
    }
    List<String> lines = run(Map.of(), taken, "0", other, "0").untilReady();
    assertThat(lines.get(0)).startsWith("First start: made account ");
    assertThat(token(lines)).startsWith("{\"accessToken\":\"ey");
  }

  @Test
  void start_saysWhichCredentialWasRevoked() throws Exception {
    Map<String, String> credentials = Map.of("TRACKERD_CREDENTIALS", "123456789012:app1:secret1");
    ProgramProcess first = run(credentials, "--http-port", "0", "--grpc-port", "0");
    first.untilReady();
    ProgramProcess revocation = run(Map.of(), "key", "revoke", "app1");
    assertThat(revocation.exitStatus()).isZero();
    assertThat(revocation.error()).contains("TRACKERD_CREDENTIALS");
    assertThat(first.end()).isZero();

    assertFails(
        run(credentials, "--http-port", "0", "--grpc-port", "0"),
        1,
        "TRACKERD_CREDENTIALS: key app1: was revoked; leave it out, or use a new key id");
  }

  @Test
  void start_fallsOverAnotherMasterKey() throws Exception {
    ProgramProcess first = run(Map.of(), "--http-port", "0", "--grpc-port", "0");
    first.untilReady();
    assertThat(first.end()).isZero();
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
  void usage_namesTheVariableThatIsWrong() throws Exception {
    assertUsage(
        run(Map.of("TRACKERD_HTTP_PORT", "abc")), "trackerd: TRACKERD_HTTP_PORT: 'abc' (expected");
    assertUsage(
        run(Map.of("TRACKERD_GRPC_PORT", "70000")),
        "trackerd: TRACKERD_GRPC_PORT: expected: 0 to 65535");
  }

  @Test
  void logFormat_thatIsNone_isRefused() throws Exception {
    assertFails(run(Map.of("TRACKERD_LOG_FORMAT", "JSON")), 2, "TRACKERD_LOG_FORMAT: expected: ");
  }

  @Test
  void help_andVersionAreNoFailure() throws Exception {
    ProgramProcess help = run(Map.of(), "--help");
    assertThat(help.exitStatus()).isZero();
    assertThat(help.output()).contains("serve", "key");
    ProgramProcess version = run(Map.of(), "--version");
    assertThat(version.exitStatus()).isZero();
    assertThat(version.output()).startsWith("trackerd ");
  }

  @Test
  void environment_standsInForFlags() throws Exception {
    ProgramProcess server =
        run(
            Map.of(
                "TRACKERD_HTTP_PORT", "0",
                "TRACKERD_GRPC_PORT", "0",
                "TRACKERD_CREDENTIALS", "123456789012:app1:secret1"),
            "serve");

    assertThat(server.untilReady()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "[::1]", "::"})
  void bind_takesIpv6AndPrintsWhatClientsTake(String address) throws Exception {
    ProgramProcess server =
        run(Map.of(), "--bind", address, "--http-port", "0", "--grpc-port", "0");

    List<String> lines = server.untilReady();

    assertThat(lines.get(lines.size() - 1))
        .matches("ready grpc=\\[::1]:[0-9]+ http=http://\\[::1]:[0-9]+");
    assertThat(token(lines)).startsWith("{\"accessToken\":\"ey");
  }

  private static String curl(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("curl ")).findFirst().orElseThrow();
  }

  /** What the printed command answers. */
  private static String token(List<String> lines) throws IOException {
    Process curl = new ProcessBuilder("bash", "-c", curl(lines)).start();
    return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void assertFails(ProgramProcess process, int status, String text) throws Exception {
    int exit = process.exitStatus();
    String error = process.error();
    assertThat(exit).as(error).isEqualTo(status);
    List<String> lines = error.lines().filter(line -> line.startsWith("trackerd: ")).toList();
    assertThat(lines).as(error).hasSize(1);
    assertThat(lines.get(0)).contains(text);
    assertThat(error).doesNotContain("\tat ");
  }

  private void assertUsage(ProgramProcess process, String text) throws Exception {
    int exit = process.exitStatus();
    String error = process.error();
    assertThat(exit).as(error).isEqualTo(2);
    assertThat(error).contains(text).contains("Usage: trackerd").doesNotContain("secretive");
  }

  private ProgramProcess run(Map<String, String> environment, String... arguments)
      throws IOException {
    ProgramProcess process = ProgramProcess.start(directory, environment, arguments);
    processes.add(process);
    return process;
  }
}
