package dev.trackerd.server.attack;

import static dev.trackerd.server.attack.FrameConnection.END_HEADERS;
import static dev.trackerd.server.attack.FrameConnection.END_STREAM;
import static dev.trackerd.server.attack.FrameConnection.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.attack.HealthyCaller.Figures;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.ListRequest;
import dev.trackerd.v1.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Callers who take long answers a byte at a time, often enough not to seem idle. */
@EnabledIfSystemProperty(named = "trackerd.attack", matches = "heavy")
class SlowReadersIT {
  private static final int CONNECTIONS = 20;
  private static final int STREAMS = 16;
  private static final int PHRASES = 20_000;
  private static final int PATIENCE_SECONDS = 75;

  @TempDir Path directory;
  private final List<FrameConnection> attackers = new ArrayList<>();
  private AttackedProgram program;
  private HealthyCaller healthy;
  private String token;

  @BeforeEach
  void start() throws Exception {
    program = AttackedProgram.start(directory);
    token = program.token(AttackedProgram.ATTACKER);
    fill(token);
    fill(program.token(AttackedProgram.NEIGHBOUR));
    healthy = HealthyCaller.start(program);
  }

  @AfterEach
  void stop() throws Exception {
    for (FrameConnection attacker : attackers) {
      attacker.close();
    }
    healthy.stop();
    program.close();
  }

  @Test
  void grpcAnswers_areTakenFromThoseWhoReadTooSlowly() throws Exception {
    attack(program.grpcPort(), HeaderBlock.grpc("tracker.v1.TrackerService/List", token));
  }

  @Test
  void answers_areTakenFromThoseWhoReadTooSlowly() throws Exception {
    attack(program.httpPort(), HeaderBlock.http("GET", "/v1/manage/trackers", token));
  }

  private void attack(int port, byte[] head) throws Exception {
    long start = System.nanoTime();
    List<FrameConnection> left = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      left.add(ask(port, head));
    }
    for (int second = 0; !left.isEmpty() && second < PATIENCE_SECONDS; second++) {
      left.removeIf(SlowReadersIT::trickle);
      if (second == 3) {
        assertLongAnswersOfOthersGoOn();
      }
      Thread.sleep(1_000);
    }
    Figures figures = healthy.stop();
    System.out.printf(
        "%d of %d left after %s, %d MiB at most, %s%n",
        left.size(),
        CONNECTIONS,
        Duration.ofNanos(System.nanoTime() - start),
        program.peakMebibytes(),
        figures);
    assertThat(left).isEmpty();
    assertThat(figures.failures()).isEmpty();
    assertThat(figures.maxMillis()).isLessThan(HealthyCaller.PATIENCE_MILLIS);
  }

  /** Asks for long answers, for which there is no room. */
  private FrameConnection ask(int port, byte[] head) throws IOException {
    FrameConnection connection = FrameConnection.open(port, 0);
    attackers.add(connection);
    for (int i = 0; i < STREAMS; i++) {
      if (port == program.grpcPort()) {
        connection.write(HEADERS, END_HEADERS, 2 * i + 1, head);
        connection.write(FrameConnection.message(0, new byte[0]), 2 * i + 1);
      } else {
        connection.write(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, head);
      }
    }
    connection.flush();
    return connection;
  }

  private void assertLongAnswersOfOthersGoOn() throws Exception {
    String other = program.token(AttackedProgram.NEIGHBOUR);
    long start = System.nanoTime();
    try (GrpcAccount account = GrpcAccount.open(program, other)) {
      ListRequest all = ListRequest.getDefaultInstance();
      assertThat(account.trackers().list(all).getTrackersCount()).isEqualTo(2);
    }
    assertThat(program.call("GET", "/v1/manage/trackers", other, "").statusCode()).isEqualTo(200);
    System.out.println("others' long answers: " + Duration.ofNanos(System.nanoTime() - start));
  }

  /** Takes one byte more of each stream; returns whether all of them have ended. */
  private static boolean trickle(FrameConnection connection) {
    try {
      connection.grant(0, STREAMS);
      for (int i = 0; i < STREAMS; i++) {
        connection.grant(2 * i + 1, 1);
      }
      return connection.endsSoFar() == STREAMS;
    } catch (IOException closed) {
      return true;
    }
  }

  private void fill(String token) {
    try (GrpcAccount account = GrpcAccount.open(program, token)) {
      Tracker.Builder tracker = Tracker.newBuilder().setName("large");
      IntStream.range(0, PHRASES).forEach(n -> tracker.addVocabulary("a phrase, the number " + n));
      account.trackers().create(CreateRequest.newBuilder().setTracker(tracker).build());
    }
  }
}
