package dev.trackerd.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.attack.HealthyCaller.Figures;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who ask for lists of 27 MB and read nothing of them. */
class UnreadAnswersIT {
  private static final int STREAMS = 100;
  private static final int TRACKERS = 9;
  private static final int PHRASES = 100_000;
  private static final String LIST = "/v1/manage/trackers";

  /**
   * Ten seconds without progress are allowed, and 30 for a call that waits behind others; the rest
   * is for a busy machine.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The heap has 512; code, threads and what the answers take outside of the heap come on top. */
  private static final long MOST_MEBIBYTES = 900;

  /** A quarter of the heap may be taken by answers; afterwards nothing of it. */
  private static final long MOST_HEAP_AFTERWARDS = 100;

  @TempDir Path directory;
  private final List<AutoCloseable> attackers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private AttackedProgram program;
  private HealthyCaller healthy;
  private String token;

  @BeforeEach
  void start() throws Exception {
    program = AttackedProgram.start(directory);
    token = program.token(AttackedProgram.ATTACKER);
    try (GrpcAccount account = GrpcAccount.open(program, token)) {
      for (int i = 0; i < TRACKERS; i++) {
        Tracker.Builder tracker = Tracker.newBuilder().setName("large " + i);
        IntStream.range(0, PHRASES)
            .forEach(n -> tracker.addVocabulary(String.format("a phrase, the number %06d", n)));
        account.trackers().create(CreateRequest.newBuilder().setTracker(tracker).build());
      }
    }
    healthy = HealthyCaller.start(program);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable attacker : attackers) {
      attacker.close();
    }
    healthy.stop();
    program.close();
    threads.shutdownNow();
  }

  @Test
  void http2Streams_takeNoMemory() throws Exception {
    attackByStreams(3, program.httpPort(), HeaderBlock.http("GET", LIST, token));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 20})
  @EnabledIfSystemProperty(named = "trackerd.attack", matches = "heavy")
  void otherNumbersOfHttp2Streams_takeNoMemory(int connections) throws Exception {
    attackByStreams(connections, program.httpPort(), HeaderBlock.http("GET", LIST, token));
  }

  @Test
  void grpcCalls_takeNoMemory() throws Exception {
    byte[] head =
        HeaderBlock.concat(
            HeaderBlock.grpc("tracker.v1.TrackerService/List", token),
            HeaderBlock.of("grpc-timeout", "12S"));
    attackByStreams(6, program.grpcPort(), head);
  }

  @Test
  @EnabledIfSystemProperty(named = "trackerd.attack", matches = "heavy")
  void grpcCallsAsManyAsThereArePlaces_takeNoMemory() throws Exception {
    byte[] head = HeaderBlock.grpc("tracker.v1.TrackerService/List", token);
    attackByStreams(20, program.grpcPort(), head);
  }

  @Test
  void sockets_takeNoMemory() throws Exception {
    attackBySockets(400);
  }

  @Test
  @EnabledIfSystemProperty(named = "trackerd.attack", matches = "heavy")
  void manySockets_takeNoMemory() throws Exception {
    attackBySockets(1_000);
  }

  /** On every connection a hundred lists at once, of which no byte is taken. */
  private void attackByStreams(int connections, int port, byte[] head) throws Exception {
    boolean isGrpc = port == program.grpcPort();
    long start = System.nanoTime();
    List<CompletableFuture<Map<String, Integer>>> ends = new ArrayList<>();
    for (int c = 0; c < connections; c++) {
      FrameConnection connection = FrameConnection.open(port, 0);
      attackers.add(connection);
      for (int i = 0; i < STREAMS; i++) {
        int last = isGrpc ? 0 : FrameConnection.END_STREAM;
        int flags = FrameConnection.END_HEADERS | last;
        connection.write(FrameConnection.HEADERS, flags, 2 * i + 1, head);
        if (isGrpc) {
          connection.write(FrameConnection.message(0, new byte[0]), 2 * i + 1);
        }
      }
      connection.flush();
      ends.add(CompletableFuture.supplyAsync(() -> ends(connection), threads));
    }
    Map<String, Integer> all = new TreeMap<>();
    for (CompletableFuture<Map<String, Integer>> end : ends) {
      end.join().forEach((how, count) -> all.merge(how, count, Integer::sum));
    }
    assertSurvived(connections + " connections ended in " + all, start);
  }

  /** How the streams of a connection ended, and how many each way. */
  private static Map<String, Integer> ends(FrameConnection connection) {
    try {
      Map<Integer, Map<String, String>> ends = connection.readEnds(STREAMS);
      Map<String, Integer> counts = new TreeMap<>();
      for (Map<String, String> end : ends.values()) {
        String status = end.getOrDefault("grpc-status", end.get(":status"));
        counts.merge(end.containsKey("reset") ? "reset" : status, 1, Integer::sum);
      }
      if (ends.size() < STREAMS) {
        counts.put("closed", STREAMS - ends.size());
      }
      return counts;
    } catch (IOException e) {
      return Map.of("never", STREAMS);
    }
  }

  private void attackBySockets(int sockets) throws Exception {
    long start = System.nanoTime();
    List<Http1Connection> open = new ArrayList<>();
    for (int i = 0; i < sockets; i++) {
      Http1Connection connection = Http1Connection.open(program.httpPort());
      attackers.add(connection);
      open.add(connection);
      connection.send(
          "GET " + LIST + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }
    while (!open.isEmpty() && System.nanoTime() - start < PATIENCE.toNanos()) {
      open.removeIf(Http1Connection::isCut);
      Thread.sleep(200);
    }
    assertSurvived(sockets + " sockets, of which " + open.size() + " were not cut", start);
    assertThat(open).isEmpty();
  }

  private void assertSurvived(String attack, long start) throws Exception {
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertThat(program.isAlive()).as(attack + " after " + taken).isTrue();
    long peak = program.peakMebibytes();
    Figures figures = healthy.stop();
    long heap = program.heapMebibytes();
    System.out.printf(
        "%s after %s; %d MiB at most, %d of heap afterwards; %s%n",
        attack, taken, peak, heap, figures);
    assertThat(attack).doesNotContain("never");
    assertThat(taken).isLessThan(PATIENCE);
    assertThat(figures.failures()).isEmpty();
    assertThat(figures.maxMillis()).isLessThan(HealthyCaller.PATIENCE_MILLIS);
    assertThat(peak).isLessThan(MOST_MEBIBYTES);
    assertThat(heap).isLessThan(MOST_HEAP_AFTERWARDS);
    // Who asks for more than its share is refused, which is said once a second.
    assertThat(program.complaints()).allMatch(line -> line.contains(" overloaded: refused "));
  }
}
