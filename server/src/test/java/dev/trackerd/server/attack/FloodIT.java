package dev.trackerd.server.attack;

import static dev.trackerd.server.attack.FrameConnection.CONTINUATION;
import static dev.trackerd.server.attack.FrameConnection.DATA;
import static dev.trackerd.server.attack.FrameConnection.END_HEADERS;
import static dev.trackerd.server.attack.FrameConnection.END_STREAM;
import static dev.trackerd.server.attack.FrameConnection.HEADERS;
import static dev.trackerd.server.attack.FrameConnection.PING;
import static dev.trackerd.server.attack.FrameConnection.RST_STREAM;
import static dev.trackerd.server.attack.FrameConnection.SETTINGS;
import static dev.trackerd.server.attack.FrameConnection.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.attack.HealthyCaller.Figures;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames without end, each of which costs the sender less than the receiver. */
class FloodIT {
  private static final int FRAMES = 300_000;
  private static final byte[] NOTHING = {};

  /** The heap has 512; code, threads and what comes in outside of the heap are on top. */
  private static final long MOST_MEBIBYTES = 900;

  @TempDir static Path directory;
  private static AttackedProgram program;
  private static String token;
  private HealthyCaller healthy;

  private enum Port {
    GRPC,
    HTTP;

    int number() {
      return this == GRPC ? program.grpcPort() : program.httpPort();
    }

    byte[] head() {
      return this == GRPC
          ? HeaderBlock.grpc("tracker.v1.TrackerService/List", token)
          : HeaderBlock.http("GET", "/v1/manage/trackers", token);
    }

    byte[] headOfBody() {
      return this == GRPC
          ? HeaderBlock.grpc("tracker.v1.TrackerService/Create", token)
          : HeaderBlock.http("POST", "/v1/manage/tracker", token);
    }
  }

  /** What is sent again and again: the n-th time. */
  private interface Flood {
    void write(FrameConnection connection, int n) throws IOException;
  }

  @BeforeAll
  static void start() throws Exception {
    program = AttackedProgram.start(directory);
    token = program.token(AttackedProgram.ATTACKER);
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @BeforeEach
  void startHealthyCaller() throws Exception {
    healthy = HealthyCaller.start(program);
  }

  @AfterEach
  void stopHealthyCaller() throws Exception {
    healthy.stop();
  }

  /** CVE-2023-44487. */
  @ParameterizedTest
  @EnumSource
  void resets_endTheConnection(Port port) throws Exception {
    byte[] head = port.head();
    assertEnds(
        port,
        (connection, n) -> {
          connection.write(HEADERS, END_HEADERS | END_STREAM, 2 * n + 1, head);
          connection.write(RST_STREAM, 0, 2 * n + 1, new byte[] {0, 0, 0, 8});
        });
  }

  /**
   * CVE-2025-8671: each makes the server itself reset the stream, since its window can't grow by 0.
   */
  @ParameterizedTest
  @EnumSource
  void resetsMadeByTheServer_endTheConnection(Port port) throws Exception {
    byte[] head = port.head();
    assertEnds(
        port,
        (connection, n) -> {
          connection.write(HEADERS, END_HEADERS | END_STREAM, 2 * n + 1, head);
          connection.write(WINDOW_UPDATE, 0, 2 * n + 1, new byte[4]);
        });
  }

  /** CVE-2024-27316 and its like: a head that never ends, in frames that hold next to nothing. */
  @ParameterizedTest
  @EnumSource
  void continuations_endTheConnection(Port port) throws Exception {
    byte[] head = port.head();
    byte[] more = HeaderBlock.of("x", "y");
    assertEnds(
        port,
        (connection, n) ->
            connection.write(n == 0 ? HEADERS : CONTINUATION, 0, 1, n == 0 ? head : more));
  }

  /**
   * CVE-2019-9512. The answers are as long as the PINGs, and have to be kept for who does not read.
   */
  @ParameterizedTest
  @EnumSource
  void pings_harmNobody(Port port) throws Exception {
    attack(port, (connection, n) -> connection.write(PING, 0, 0, new byte[8]));
  }

  /** CVE-2019-9515. */
  @ParameterizedTest
  @EnumSource
  void settings_harmNobody(Port port) throws Exception {
    attack(port, (connection, n) -> connection.write(SETTINGS, 0, 0, NOTHING));
  }

  /** CVE-2019-9518. */
  @ParameterizedTest
  @EnumSource
  void emptyData_harmsNobody(Port port) throws Exception {
    byte[] head = port.headOfBody();
    attack(
        port,
        (connection, n) ->
            connection.write(
                n == 0 ? HEADERS : DATA, n == 0 ? END_HEADERS : 0, 1, n == 0 ? head : NOTHING));
  }

  private void assertEnds(Port port, Flood flood) throws Exception {
    assertThat(attack(port, flood)).as("frames sent before the end").isLessThan(FRAMES);
  }

  /** Sends, and reads nothing; returns how much before the other side closed. */
  private int attack(Port port, Flood flood) throws Exception {
    int sent = 0;
    try (FrameConnection connection = FrameConnection.open(port.number(), 65_535)) {
      for (; sent < FRAMES; sent++) {
        flood.write(connection, sent);
        if (sent % 100 == 99) {
          connection.flush();
        }
      }
      connection.flush();
    } catch (IOException closed) {
      // As it should be.
    }
    Figures figures = healthy.stop();
    System.out.println(
        port + ": " + sent + " sent, " + program.peakMebibytes() + " MiB at most, " + figures);
    assertThat(program.isAlive()).isTrue();
    assertThat(figures.failures()).isEmpty();
    assertThat(figures.maxMillis()).isLessThan(HealthyCaller.PATIENCE_MILLIS);
    assertThat(program.peakMebibytes()).isLessThan(MOST_MEBIBYTES);
    assertThat(program.complaints()).isEmpty();
    return sent;
  }
}
