package dev.trackerd.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.attack.HealthyCaller.Figures;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.Tracker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account that asks for as much as it may, without pause, beside one that asks for little. */
class NoisyNeighbourIT {
  private static final int PHRASES = 90_000;
  private static final int OPERATIONS = 1_000;
  private static final int LISTERS = 20;
  private static final int HELD_CONNECTIONS = 10;
  private static final int HELD_STREAMS = 100;
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final String TRACKERS = "/v1/manage/trackers";

  @TempDir Path directory;
  private final List<AutoCloseable> held = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private AttackedProgram program;
  private HealthyCaller healthy;
  private String token;
  private String tracker;

  @BeforeEach
  void start() throws Exception {
    program = AttackedProgram.start(directory);
    token = program.token(AttackedProgram.ATTACKER);
    try (GrpcAccount account = GrpcAccount.open(program, token)) {
      Tracker.Builder large = Tracker.newBuilder().setName("large");
      IntStream.range(0, PHRASES)
          .forEach(n -> large.addVocabulary(String.format("a phrase, the number %08d", n)));
      CreateRequest request = CreateRequest.newBuilder().setTracker(large).build();
      tracker = account.trackers().create(request).getTracker().getId();
    }
    healthy = HealthyCaller.start(program);
  }

  @AfterEach
  void stop() throws Exception {
    threads.forEach(Thread::interrupt);
    for (AutoCloseable connection : held) {
      connection.close();
    }
    healthy.stop();
    program.close();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void patchesOfTheLargestTracker_holdUpNobody() throws Exception {
    AtomicInteger patches = withoutPause(1, n -> patch(n));

    assertServed(patches, "patches");
  }

  @Test
  void patchesListsAndHeldCalls_holdUpNobody() throws Exception {
    holdCalls();
    AtomicInteger patches = withoutPause(1, n -> patch(n));
    AtomicInteger lists = withoutPause(LISTERS, n -> isOk("GET", TRACKERS, ""));

    assertServed(patches, "patches");
    assertThat(lists.get()).isPositive();
  }

  /** Adds phrases and removes them again, by turns. */
  private boolean patch(int n) throws Exception {
    String operation = n % 2 == 0 ? "add" : "remove";
    String body =
        IntStream.range(0, OPERATIONS)
            .mapToObj(
                i ->
                    "{\"op\":\"%s\",\"path\":\"/vocabulary\",\"value\":\"phrase %d\"}"
                        .formatted(operation, i))
            .collect(Collectors.joining(",", "[", "]"));
    return isOk("PATCH", TRACKERS + "/" + tracker, body);
  }

  private boolean isOk(String method, String path, String body) throws Exception {
    return program.call(method, path, token, body).statusCode() == 200;
  }

  /** Calls of which one byte is missing. */
  private void holdCalls() throws Exception {
    byte[] head = HeaderBlock.grpc("tracker.v1.TrackerService/Create", token);
    for (int c = 0; c < HELD_CONNECTIONS; c++) {
      FrameConnection connection = FrameConnection.open(program.grpcPort(), 65_535);
      held.add(connection);
      for (int i = 0; i < HELD_STREAMS; i++) {
        connection.write(FrameConnection.HEADERS, FrameConnection.END_HEADERS, 2 * i + 1, head);
      }
      connection.flush();
    }
  }

  /** Does so, the n-th time, on so many threads until the end; returns how often that succeeded. */
  private AtomicInteger withoutPause(int count, Attack attack) {
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < count; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
                  try {
                    done.addAndGet(attack.make(n) ? 1 : 0);
                  } catch (Exception end) {
                    return;
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    return done;
  }

  private interface Attack {
    boolean make(int n) throws Exception;
  }

  private void assertServed(AtomicInteger attacks, String what) throws Exception {
    Thread.sleep(TIME.toMillis());
    Figures figures = healthy.stop();
    System.out.println(attacks + " " + what + ", " + figures);
    assertThat(attacks.get()).as("the noisy one is served, too").isPositive();
    assertThat(figures.failures()).isEmpty();
    assertThat(figures.calls()).isPositive();
    assertThat(figures.maxMillis()).isLessThan(HealthyCaller.PATIENCE_MILLIS);
    assertThat(program.complaints()).isEmpty();
  }
}
