package dev.trackerd.server.attack;

import static dev.trackerd.server.attack.FrameConnection.DATA;
import static dev.trackerd.server.attack.FrameConnection.END_HEADERS;
import static dev.trackerd.server.attack.FrameConnection.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.attack.HealthyCaller.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who send a byte at a time, often enough not to seem idle. */
class TrickleIT {
  private static final int CONNECTIONS = 100;
  private static final Duration EVERY = Duration.ofMillis(500);

  /** Ten seconds are promised for a whole body; the rest is for a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;
  private final List<AutoCloseable> attackers = new ArrayList<>();
  private AttackedProgram program;
  private HealthyCaller healthy;
  private String token;

  @BeforeEach
  void start() throws Exception {
    program = AttackedProgram.start(directory);
    token = program.token(AttackedProgram.ATTACKER);
    healthy = HealthyCaller.start(program);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable attacker : attackers) {
      attacker.close();
    }
    healthy.stop();
    program.close();
  }

  /** All of them at once: heads and bodies of HTTP/1.1, bodies of HTTP/2 and of gRPC. */
  @Test
  void requestsByteByByte_areEndedInTime() throws Exception {
    List<Trickle> trickles = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      trickles.add(socket("GET /v1/manage/trackers HTTP/1.1\r\nHost: a\r\nX-Long: "));
      trickles.add(
          socket(
              "POST /v1/manage/tracker HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n"
                  + "Authorization: Bearer "
                  + token
                  + "\r\n\r\n"));
      trickles.add(
          stream(program.httpPort(), HeaderBlock.http("POST", "/v1/manage/tracker", token)));
      trickles.add(
          stream(program.grpcPort(), HeaderBlock.grpc("tracker.v1.TrackerService/Create", token)));
    }
    long start = System.nanoTime();
    while (!trickles.isEmpty() && System.nanoTime() - start < PATIENCE.toNanos()) {
      trickles.removeIf(Trickle::isOver);
      Thread.sleep(EVERY.toMillis());
    }
    Figures figures = healthy.stop();
    System.out.printf(
        "%d of %d not ended after %s, %s%n",
        trickles.size(), 4 * CONNECTIONS, Duration.ofNanos(System.nanoTime() - start), figures);
    assertThat(trickles).isEmpty();
    assertThat(figures.failures()).isEmpty();
    assertThat(figures.maxMillis()).isLessThan(HealthyCaller.PATIENCE_MILLIS);
    assertThat(program.complaints()).isEmpty();
  }

  /** Sends one byte more, if the other side still takes it. */
  private interface Trickle {
    boolean isOver();
  }

  private Trickle socket(String begin) throws IOException {
    Http1Connection connection = Http1Connection.open(program.httpPort());
    attackers.add(connection);
    connection.send(begin);
    return () -> connection.hasAnswered() || !connection.trySend("x");
  }

  private Trickle stream(int port, byte[] head) throws IOException {
    FrameConnection connection = FrameConnection.open(port, 65_535);
    attackers.add(connection);
    connection.send(HEADERS, END_HEADERS, 1, head);
    return () -> {
      try {
        connection.send(DATA, 0, 1, new byte[1]);
        return connection.hasEnded(1);
      } catch (IOException closed) {
        return true;
      }
    };
  }
}
