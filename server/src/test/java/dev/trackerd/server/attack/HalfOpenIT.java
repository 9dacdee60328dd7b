package dev.trackerd.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.attack.HealthyCaller.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that begin and never come to an end, more than there are places for calls. */
class HalfOpenIT {
  private static final int CONNECTIONS = 25;
  private static final int STREAMS = 100;
  private static final int SOCKETS = 2_500;
  private static final String CLOSED = "";

  /** Ten seconds are promised; the rest is for a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;
  private final List<AutoCloseable> attackers = new ArrayList<>();
  private AttackedProgram program;
  private HealthyCaller healthy;

  @BeforeEach
  void start() throws Exception {
    program = AttackedProgram.start(directory);
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

  @Test
  void grpcCallsWithoutABody_harmNobodyAndAreEnded() throws Exception {
    byte[] head = HeaderBlock.grpc("tracker.v1.TrackerService/Get", "");
    assertStreamsEnd(program.grpcPort(), head);
  }

  @Test
  void grpcCallsWithACredentialAndWithoutABody_harmNobodyAndAreEnded() throws Exception {
    String token = program.token(AttackedProgram.ATTACKER);
    byte[] head = HeaderBlock.grpc("tracker.v1.TrackerService/Create", token);
    assertStreamsEnd(program.grpcPort(), head);
  }

  @Test
  void http2RequestsWithoutABody_harmNobodyAndAreEnded() throws Exception {
    String token = program.token(AttackedProgram.ATTACKER);
    byte[] head = HeaderBlock.http("POST", "/v1/manage/tracker", token);
    assertStreamsEnd(program.httpPort(), head);
  }

  @Test
  void requestsWithoutABody_harmNobodyAndAreEnded() throws Exception {
    String token = program.token(AttackedProgram.ATTACKER);
    assertSocketsEnd(
        "POST /v1/manage/tracker HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n",
        "HTTP/1.1 408");
  }

  @Test
  void requestsWithoutTheEndOfTheirHead_harmNobodyAndAreEnded() throws Exception {
    assertSocketsEnd("GET /v1/manage/trackers HTTP/1.1\r\nHost: a\r\nX-Never", CLOSED);
  }

  private void assertStreamsEnd(int port, byte[] head) throws Exception {
    List<FrameConnection> connections = new ArrayList<>();
    long start = System.nanoTime();
    for (int c = 0; c < CONNECTIONS; c++) {
      FrameConnection connection = FrameConnection.open(port, 65_535);
      attackers.add(connection);
      connections.add(connection);
      for (int i = 0; i < STREAMS; i++) {
        connection.write(FrameConnection.HEADERS, FrameConnection.END_HEADERS, 2 * i + 1, head);
      }
      connection.flush();
    }
    int ended = 0;
    for (FrameConnection connection : connections) {
      Map<Integer, Map<String, String>> ends = connection.readEnds(STREAMS);
      ended += ends.size();
    }
    assertEnds(ended, CONNECTIONS * STREAMS, start);
  }

  private void assertSocketsEnd(String request, String answer) throws Exception {
    List<Http1Connection> connections = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < SOCKETS; i++) {
      Http1Connection connection = Http1Connection.open(program.httpPort());
      attackers.add(connection);
      connections.add(connection);
      connection.send(request);
    }
    int ended = 0;
    for (Http1Connection connection : connections) {
      String given = answer.equals(CLOSED) ? connection.readToEnd() : connection.read(12);
      if (given.equals(answer)) {
        ended++;
      }
    }
    assertEnds(ended, SOCKETS, start);
  }

  private void assertEnds(int ended, int of, long start) throws IOException, InterruptedException {
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    Figures figures = healthy.stop();
    System.out.println(ended + " ended after " + taken + ", " + figures);
    assertThat(ended).isEqualTo(of);
    assertThat(taken).isLessThan(PATIENCE);
    assertThat(figures.failures()).isEmpty();
    assertThat(figures.maxMillis()).isLessThan(HealthyCaller.PATIENCE_MILLIS);
    assertThat(program.complaints()).isEmpty();
  }
}
