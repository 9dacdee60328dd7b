package dev.trackerd.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the program acknowledged over HTTP is there after kill -9, whenever that hits. */
class ServerCrashIT {
  private static final int ROUNDS = Integer.getInteger("trackerd.crash.rounds", 20);
  private static final int MOST_WRITES = 200;

  /** One client writes in each, since the server takes one write of an account at a time. */
  private static final int ACCOUNTS = 4;

  @TempDir Path directory;

  @RegisterExtension final CrashSeed seed = new CrashSeed();

  private final SplittableRandom random = seed.random();
  private final List<CrashClient> clients =
      LongStream.range(0, ACCOUNTS)
          .mapToObj(n -> new CrashClient(String.format("%012d", n), random.nextLong()))
          .toList();
  private final ExecutorService threads = Executors.newFixedThreadPool(ACCOUNTS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void acknowledgedWrites_surviveKill() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (ProgramProcess program = start()) {
        RestClient server = new RestClient(ProgramProcess.url(program.untilReady()));
        if (round == 0) {
          // Never again: who has a token keeps it over all the kills.
          clients.forEach(client -> client.logIn(server));
        }
        clients.forEach(client -> client.verify(server));
        killWhileTheyWrite(program, server);
      }
    }
    try (ProgramProcess program = start()) {
      RestClient server = new RestClient(ProgramProcess.url(program.untilReady()));
      clients.forEach(client -> client.verify(server));
      assertThat(program.end()).isZero();
    }
  }

  private ProgramProcess start() throws IOException {
    String credentials =
        clients.stream().map(CrashClient::credential).collect(Collectors.joining(","));
    return ProgramProcess.start(
        directory,
        Map.of("TRACKERD_CREDENTIALS", credentials, "TRACKERD_VOCABULARY_UPDATE", "replace"),
        "--http-port",
        "0",
        "--grpc-port",
        "0");
  }

  private void killWhileTheyWrite(ProgramProcess program, RestClient server)
      throws InterruptedException {
    CountDownLatch acknowledged = new CountDownLatch(1 + random.nextInt(MOST_WRITES));
    CompletableFuture<?>[] writers =
        clients.stream()
            .map(
                client ->
                    CompletableFuture.runAsync(() -> client.write(server, acknowledged), threads))
            .toArray(CompletableFuture<?>[]::new);
    boolean enough = acknowledged.await(ProgramProcess.PATIENCE_SECONDS, SECONDS);
    program.kill();
    CompletableFuture.allOf(writers).join();
    assertThat(enough).as("so many writes are acknowledged in time").isTrue();
  }
}
