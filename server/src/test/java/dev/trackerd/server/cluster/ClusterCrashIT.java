package dev.trackerd.server.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.Conditions;
import dev.trackerd.server.CrashClient;
import dev.trackerd.server.CrashSeed;
import dev.trackerd.server.ProgramProcess;
import dev.trackerd.server.RestClient;
import dev.trackerd.server.RunningServer.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What two servers acknowledged is there after a kill of one, and of the database. */
class ClusterCrashIT {
  private static final int ROUNDS = 2;
  private static final int CLIENTS = 4;
  private static final int MOST_WRITES = 100;
  private static final Set<Integer> AWAY = Set.of(502, 503, 504);

  private static final Duration TOLD_WITHIN = Duration.ofSeconds(3);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

  /** What the HTTP port promises whatever happens behind it, and a bit. */
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(12);

  @TempDir Path directory;

  @RegisterExtension final CrashSeed seed = new CrashSeed();

  private final SplittableRandom random = seed.random();
  private final List<CrashClient> clients =
      IntStream.range(0, CLIENTS)
          .mapToObj(n -> new CrashClient(String.format("%012d", n), random.nextLong()))
          .toList();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private Cluster cluster;
  private ClusterServer server;
  private ClusterServer other;
  private ClusterCaller witness;

  @BeforeEach
  void start() throws Exception {
    String keys = clients.stream().map(CrashClient::credential).collect(Collectors.joining(","));
    cluster = new Cluster(directory, keys + ",999999999999:witness:secret");
    ProgramProcess begun = cluster.begin();
    other = cluster.serve();
    server = ClusterServer.ready(begun);
    clients.forEach(client -> client.logIn(server.rest()));
    witness = new ClusterCaller(server.rest(), server.rest().token("witness", "secret"));
  }

  @AfterEach
  void stop() throws Exception {
    threads.shutdownNow();
    cluster.close();
  }

  @Test
  void acknowledgedWrites_surviveTheKillOfAServer() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Writing writing = write();
      server.process().kill();
      writing.end();

      clients.forEach(client -> client.verify(other.rest()));
      assertThat(cluster.permits()).isZero();
      server = cluster.serve();
      clients.forEach(client -> client.verify(server.rest()));
    }
  }

  @Test
  void acknowledgedWrites_surviveTheKillOfTheDatabase() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Writing writing = write();
      cluster.postgres().kill();
      writing.end();
      assertAway();

      cluster.postgres().start();
      assertBack();
    }
  }

  @Test
  void servers_comeBackFromADatabaseThatHung() throws Exception {
    Writing writing = write();
    cluster.postgres().pause();
    try {
      assertAway();
      writing.end();
    } finally {
      cluster.postgres().resume();
    }
    assertBack();
  }

  /** Clients who write by turns to both servers, until these or the database are away. */
  private Writing write() throws InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch acknowledged = new CountDownLatch(CLIENTS + random.nextInt(MOST_WRITES));
    List<CompletableFuture<?>> writers =
        IntStream.range(0, CLIENTS)
            .<CompletableFuture<?>>mapToObj(n -> write(clients.get(n), n, acknowledged, ended))
            .toList();
    assertThat(acknowledged.await(ProgramProcess.PATIENCE_SECONDS, SECONDS)).isTrue();
    return new Writing(writers, ended);
  }

  private CompletableFuture<?> write(
      CrashClient client, int number, CountDownLatch acknowledged, AtomicBoolean ended) {
    RestClient rest = (number % 2 == 0 ? server : other).rest();
    return CompletableFuture.runAsync(
        () -> client.writeUntilAway(rest, acknowledged, ended::get), threads);
  }

  /** Both servers say so, to everyone, and soon. */
  private void assertAway() {
    for (ClusterServer each : List.of(server, other)) {
      Conditions.within(TOLD_WITHIN, "not ready", () -> ready(each).status() == 503);
      Answer[] answer = new Answer[1];
      Conditions.within(
          TOLD_WITHIN,
          "an answer to a read",
          () -> {
            answer[0] = witness.at(each.rest()).get("/v1/manage/trackers");
            return true;
          });
      assertThat(answer[0].status()).as(answer[0].body()).isEqualTo(502);
      assertThat(answer[0].header("Retry-After")).as(answer[0].body()).matches("[1-9][0-9]*");
      Answer write = witness.at(each.rest()).create("while it is away");
      assertThat(write.status()).as(write.body()).isIn(AWAY);
    }
  }

  /** Both servers read and write again, with all that they have acknowledged, and nothing else. */
  private void assertBack() {
    for (ClusterServer each : List.of(server, other)) {
      ClusterCaller caller = witness.at(each.rest());
      Conditions.within(
          BACK_WITHIN,
          "ready and reading",
          () -> ready(each).status() == 200 && caller.get("/v1/manage/trackers").status() == 200);
    }
    clients.forEach(client -> client.verify(other.rest()));
    clients.forEach(client -> client.verify(server.rest()));
    assertThat(cluster.permits()).isZero();
  }

  private static Answer ready(ClusterServer server) {
    return server.rest().call("GET", "/readyz", null);
  }

  /** What goes on until whoever is asked is away, or it is told to end. */
  private record Writing(List<CompletableFuture<?>> writers, AtomicBoolean ended) {
    void end() {
      ended.set(true);
      CompletableFuture<?> all = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
      assertThat(all).succeedsWithin(ANSWERED_WITHIN);
    }
  }
}
