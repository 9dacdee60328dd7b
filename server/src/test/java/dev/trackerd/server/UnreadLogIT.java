package dev.trackerd.server;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program while nobody reads its log: a pipe holds 64 KiB, and then whoever writes waits. */
@Timeout(120)
class UnreadLogIT {
  private static final int CALLS = 10_000;
  private static final String ACCESS = " access: ";
  private static final Pattern DROPPED = Pattern.compile(" dropped=\"([0-9]+)\"");

  @TempDir Path directory;
  private ProgramProcess program;

  private void start(String... arguments) throws Exception {
    program =
        ProgramProcess.startWithPipe(
            directory,
            Map.of(
                "TRACKERD_CREDENTIALS", "123456789012:app1:secret1",
                "TRACKERD_HTTP_PORT", "0",
                "TRACKERD_GRPC_PORT", "0"),
            arguments);
  }

  @AfterEach
  void stop() throws Exception {
    program.close();
  }

  /** As many calls as fill the pipe and all that the program keeps. */
  private void allCallsAreAnswered() throws Exception {
    RestClient server = new RestClient(ProgramProcess.url(program.untilReady()));
    String token = "Bearer " + server.token("app1", "secret1");
    IntStream.range(0, CALLS)
        .forEach(
            call ->
                assertThat(
                        server
                            .call("GET", "/v1/manage/trackers", null, "Authorization", token)
                            .status())
                    .isEqualTo(200));
  }

  @Test
  void calls_areAnswered_andTheLostLinesAreCounted() throws Exception {
    start();
    allCallsAreAnswered();

    long lines = 0;
    try (BufferedReader log = program.errorPipe()) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        Matcher dropped = DROPPED.matcher(line);
        if (dropped.find()) {
          // One line for each call, and one for the token.
          assertThat(lines + Long.parseLong(dropped.group(1))).isEqualTo(CALLS + 1);
          assertThat(program.end()).isZero();
          return;
        }
        if (line.contains(ACCESS)) {
          assertThat(line).contains(" access: call ", "status=\"OK\"");
          lines++;
        }
      }
    }
    throw new AssertionError("no count after " + lines + " lines");
  }

  @Test
  void shutdown_waitsForNoReader() throws Exception {
    start();
    allCallsAreAnswered();

    long begin = System.nanoTime();
    assertThat(program.end()).isZero();
    assertThat(NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(20);
  }

  @Test
  void accessLog_canBeTurnedOff() throws Exception {
    start("--access-log=off");
    RestClient server = new RestClient(ProgramProcess.url(program.untilReady()));
    server.token("app1", "secret1");

    assertThat(program.end()).isZero();
    assertThat(program.errorPipe().lines()).noneMatch(line -> line.contains(ACCESS));
  }

  @Test
  void accessLog_isWrittenToItsEnd() throws Exception {
    start();
    RestClient server = new RestClient(ProgramProcess.url(program.untilReady()));
    server.token("app1", "secret1");

    assertThat(program.end()).isZero();
    assertThat(program.errorPipe().lines().filter(line -> line.contains(ACCESS)))
        .singleElement()
        .asString()
        .contains(
            " access: call http_method=\"POST\" http_route=\"/oauth2/token:generate\"",
            " http_status=\"200\" method=\"tracker.v1.TokenService/Generate\" status=\"OK\"");
  }
}
