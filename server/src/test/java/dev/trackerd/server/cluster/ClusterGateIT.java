package dev.trackerd.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.Conditions;
import dev.trackerd.server.ProgramProcess;
import dev.trackerd.server.RunningServer.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account has one write in flight, over all servers, and no permit is ever lost. */
class ClusterGateIT {
  private static final int CALLERS = 64;
  private static final int ROUNDS = 3;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  @TempDir Path directory;
  private Cluster cluster;
  private ClusterCaller here;
  private ClusterCaller there;
  private ClusterServer server;

  @BeforeEach
  void start() throws Exception {
    cluster = new Cluster(directory, "123456789012:app1:secret1");
    ProgramProcess begun = cluster.begin();
    ClusterServer other = cluster.serve();
    server = ClusterServer.ready(begun);
    here = new ClusterCaller(server.rest(), server.rest().token("app1", "secret1"));
    there = here.at(other.rest());
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  @Test
  void write_isRefusedWhileAnotherServerHasOne() throws Exception {
    String id = here.created("held");
    CompletableFuture<Answer> held;
    try (HeldTracker tracker = HeldTracker.of(cluster, id)) {
      held = CompletableFuture.supplyAsync(() -> here.replace(id, "held", "changed"));
      tracker.untilWanted();

      assertRefused(there.create("second"));
      assertRefused(there.replace(id, "held", "of the second"));
      assertRefused(here.create("second"));
      // Reads have no gate.
      assertThat(there.get("/v1/manage/tracker/" + id).body()).contains("a phrase");
    }
    assertThat(held.join().status()).as(held.join().body()).isEqualTo(200);
    there.created("second");
    assertThat(there.get("/v1/manage/tracker/" + id).body()).contains("changed");
    assertThat(cluster.permits()).isZero();
  }

  @Test
  void permits_areBackAfterAnAttack() throws Exception {
    long made = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String name = "round " + round + ", caller ";
      List<Answer> answers = Crowd.ask(CALLERS, n -> (n % 2 == 0 ? here : there).create(name + n));

      assertThat(answers).extracting(Answer::status).containsOnly(200, 429);
      made += answers.stream().filter(answer -> answer.status() == 200).count();
      // At once, with no second try: an answered call has given its permit back.
      here.created(name + "after");
      there.created(name + "after that");
    }
    assertThat(cluster.number("SELECT count(*) FROM tracker")).isEqualTo(made + 2L * ROUNDS);
    assertThat(cluster.permits()).isZero();
  }

  @Test
  void permit_ofAKilledServerIsFreeAtOnce() throws Exception {
    String id = here.created("held");
    CompletableFuture<Answer> held;
    try (HeldTracker tracker = HeldTracker.of(cluster, id)) {
      held = CompletableFuture.supplyAsync(() -> here.replace(id, "held", "changed"));
      tracker.untilWanted();
      assertRefused(there.create("second"));
      server.process().kill();
    }
    Conditions.within(
        AT_ONCE,
        "a write through another server",
        () -> {
          Answer answer = there.create("second");
          assertThat(answer.status()).as(answer.body()).isIn(200, 429);
          return answer.status() == 200;
        });
    assertThat(held).as("nobody was answered").failsWithin(AT_ONCE);
    assertThat(cluster.permits()).isZero();
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(429);
    assertThat(answer.body()).contains("CONCURRENT_WRITE");
    assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
  }
}
