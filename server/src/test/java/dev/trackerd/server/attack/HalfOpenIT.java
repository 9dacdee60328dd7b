package dev.trackerd.server.attack;

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

/** Calls that begin and never come to an end, more than there are places for calls. */
class HalfOpenIT {
  private static final int CONNECTIONS = 25;
  private static final int STREAMS = 100;
  private static final int SOCKETS = 1_500;

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
  void grpcCallsWithoutABodyAndACredential_harmNobodyAndAreRefused() throws Exception {
    byte[] head = HeaderBlock.grpc("tracker.v1.TrackerService/Get", "");
    long start = System.nanoTime();
    assertEnds(ended(beginStreams(program.grpcPort(), head)), CONNECTIONS * STREAMS, start);
  }

  @Test
  void streamsWithoutABody_harmNobodyAndAreEnded() throws Exception {
    String token = program.token(AttackedProgram.ATTACKER);
    byte[] call = HeaderBlock.grpc("tracker.v1.TrackerService/Create", token);
    byte[] request = HeaderBlock.http("POST", "/v1/manage/tracker", token);
    long start = System.nanoTime();
    List<FrameConnection> calls = beginStreams(program.grpcPort(), call);
    List<FrameConnection> requests = beginStreams(program.httpPort(), request);
    assertEnds(ended(calls) + ended(requests), 2 * CONNECTIONS * STREAMS, start);
  }

  @Test
  void socketsWithoutABodyOrTheEndOfAHead_harmNobodyAndAreEnded() throws Exception {
    String authorization = "Authorization: Bearer " + program.token(AttackedProgram.ATTACKER);
    String head = "POST /v1/manage/tracker HTTP/1.1\r\nHost: a\r\n" + authorization + "\r\n";
    long start = System.nanoTime();
    List<Http1Connection> bodies = beginRequests(head + "Content-Length: 9\r\n\r\n");
    List<Http1Connection> heads = beginRequests(head + "X-Never");
    int ended = 0;
    for (Http1Connection connection : bodies) {
      ended += connection.read(12).equals("HTTP/1.1 408") ? 1 : 0;
    }
    for (Http1Connection connection : heads) {
      ended += connection.readToEnd().isEmpty() ? 1 : 0;
    }
    assertEnds(ended, 2 * SOCKETS, start);
  }

  /** Streams of which only the head comes. */
  private List<FrameConnection> beginStreams(int port, byte[] head) throws IOException {
    List<FrameConnection> connections = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      FrameConnection connection = FrameConnection.open(port, 65_535);
      attackers.add(connection);
      connections.add(connection);
      for (int i = 0; i < STREAMS; i++) {
        connection.write(FrameConnection.HEADERS, FrameConnection.END_HEADERS, 2 * i + 1, head);
      }
      connection.flush();
    }
    return connections;
  }

  /** How many streams the other side ends, once it has done so. */
  private static int ended(List<FrameConnection> connections) throws IOException {
    int ended = 0;
    for (FrameConnection connection : connections) {
      ended += connection.readEnds(STREAMS).size();
    }
    return ended;
  }

  private List<Http1Connection> beginRequests(String begin) throws IOException {
    List<Http1Connection> connections = new ArrayList<>();
    for (int i = 0; i < SOCKETS; i++) {
      Http1Connection connection = Http1Connection.open(program.httpPort());
      attackers.add(connection);
      connections.add(connection);
      connection.send(begin);
    }
    return connections;
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
