package dev.trackerd.server.attack;

import static dev.trackerd.server.attack.FrameConnection.END_HEADERS;
import static dev.trackerd.server.attack.FrameConnection.END_STREAM;
import static dev.trackerd.server.attack.FrameConnection.HEADERS;
import static dev.trackerd.server.attack.FrameConnection.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.attack.HealthyCaller.Figures;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls that their callers give up, at each of the places where that can be, and more often than
 * there are places for calls.
 */
class CancelledCallsIT {
  private static final int CONNECTIONS = 30;

  /** As many resets as a connection may send in a while. */
  private static final int STREAMS = 100;

  private static final int PHRASES = 20_000;
  private static final byte[] CANCEL = {0, 0, 0, 8};

  @TempDir static Path directory;
  private static AttackedProgram program;
  private static String token;
  private HealthyCaller healthy;

  /** When a call is given up. */
  private enum Phase {
    BEFORE_THE_BODY,
    WITHIN_THE_BODY,
    AFTER_THE_BODY,
    WITHIN_THE_ANSWER,
    BY_CLOSING
  }

  @BeforeAll
  static void start() throws Exception {
    program = AttackedProgram.start(directory);
    token = program.token(AttackedProgram.ATTACKER);
    try (GrpcAccount account = GrpcAccount.open(program, token)) {
      Tracker.Builder tracker = Tracker.newBuilder().setName("long enough to be given up");
      IntStream.range(0, PHRASES).forEach(n -> tracker.addVocabulary("a phrase, number " + n));
      account.trackers().create(CreateRequest.newBuilder().setTracker(tracker).build());
    }
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

  @ParameterizedTest
  @EnumSource
  void grpcCalls_giveTheirPlacesBack(Phase phase) throws Exception {
    byte[] head = HeaderBlock.grpc("tracker.v1.TrackerService/List", token);
    for (int c = 0; c < CONNECTIONS; c++) {
      try (FrameConnection connection = FrameConnection.open(program.grpcPort(), 1)) {
        for (int i = 0; i < STREAMS; i++) {
          begin(connection, 2 * i + 1, head, phase);
        }
        end(connection, phase);
      }
    }
    assertServed("gRPC " + phase);
  }

  @ParameterizedTest
  @EnumSource
  void requests_giveTheirPlacesBack(Phase phase) throws Exception {
    boolean hasBody = phase == Phase.BEFORE_THE_BODY || phase == Phase.WITHIN_THE_BODY;
    byte[] head =
        hasBody
            ? HeaderBlock.http("POST", "/v1/manage/tracker", token)
            : HeaderBlock.http("GET", "/v1/manage/trackers", token);
    for (int c = 0; c < CONNECTIONS; c++) {
      try (FrameConnection connection = FrameConnection.open(program.httpPort(), 1)) {
        for (int i = 0; i < STREAMS; i++) {
          if (hasBody) {
            begin(connection, 2 * i + 1, head, phase);
          } else {
            connection.write(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, head);
          }
        }
        end(connection, phase);
      }
    }
    assertServed("HTTP " + phase);
  }

  private static void begin(FrameConnection connection, int stream, byte[] head, Phase phase)
      throws IOException {
    connection.write(HEADERS, END_HEADERS, stream, head);
    switch (phase) {
      case BEFORE_THE_BODY -> {}
      case WITHIN_THE_BODY -> connection.write(FrameConnection.DATA, 0, stream, new byte[3]);
      case AFTER_THE_BODY, WITHIN_THE_ANSWER, BY_CLOSING ->
          connection.write(FrameConnection.message(0, new byte[0]), stream);
    }
  }

  /** Gives up what has begun. */
  private static void end(FrameConnection connection, Phase phase) throws IOException {
    connection.flush();
    if (phase == Phase.WITHIN_THE_ANSWER) {
      // Of each answer one byte may come; the first is enough to know that they are on their way.
      boolean hasBegun = false;
      while (!hasBegun) {
        hasBegun = connection.read().map(f -> f.type() == FrameConnection.DATA).orElse(true);
      }
    }
    if (phase != Phase.BY_CLOSING) {
      for (int i = 0; i < STREAMS; i++) {
        connection.write(RST_STREAM, 0, 2 * i + 1, CANCEL);
      }
      connection.flush();
    }
  }

  private void assertServed(String attack) throws Exception {
    Figures figures = healthy.stop();
    System.out.printf("%s: %d MiB at most, %s%n", attack, program.peakMebibytes(), figures);
    HealthyCaller.start(program).stop();
    assertThat(figures.failures()).isEmpty();
    assertThat(figures.maxMillis()).isLessThan(HealthyCaller.PATIENCE_MILLIS);
    assertThat(program.complaints()).isEmpty();
  }
}
