package dev.trackerd.server.cluster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.trackerd.server.Conditions;
import dev.trackerd.server.ProgramProcess;
import dev.trackerd.server.RestClient;
import dev.trackerd.server.RunningServer.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers with a gateway each, and callers who ask for the same thing through both. */
class ClusterRacesIT {
  private static final int CALLERS = 64;
  private static final int ROUNDS = 5;
  private static final Duration REVOKED_WITHIN = Duration.ofSeconds(10);

  @TempDir static Path directory;
  private static Cluster cluster;
  private static ClusterServer server;
  private static ClusterServer other;
  private static List<RestClient> gateways;
  private static ClusterCaller caller;

  @BeforeAll
  static void start() throws Exception {
    cluster = new Cluster(directory, "123456789012:app1:secret1,123456789012:app2:secret2");
    // No gate: all of them get to the database.
    String[] flags = {"--max-concurrent-writes-per-account", "0", "--event-tracker-delay", "500ms"};
    ProgramProcess begun = cluster.begin(flags);
    other = cluster.serve(flags);
    server = ClusterServer.ready(begun);
    gateways = List.of(cluster.gateway(server, other), cluster.gateway(other, server));
    caller = new ClusterCaller(server.rest(), server.rest().token("app1", "secret1"));
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void oneName_isMadeOnce() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String name = "one name, round " + round;

      List<Answer> answers = Crowd.ask(CALLERS, n -> through(n).create(name));

      assertThat(statuses(answers)).isEqualTo(Map.of(200, 1L, 409, CALLERS - 1L));
      String id = answers.stream().filter(a -> a.status() == 200).findFirst().get().trackerId();
      String path = "/v1/manage/trackers?name=" + name.replace(" ", "%20");
      for (ClusterServer each : List.of(server, other)) {
        assertThat(caller.at(each.rest()).get(path).body())
            .contains("\"id\":\"" + id + "\"")
            .containsOnlyOnce("\"id\"");
      }
    }
  }

  @Test
  void oneTracker_takesEachChangeWholly() throws Exception {
    String id = caller.created("changed by many");
    List<Answer> answers =
        Crowd.ask(
            CALLERS,
            n ->
                through(n)
                    .call(
                        "PATCH",
                        "/v1/manage/trackers/" + id,
                        "[{\"op\":\"add\",\"path\":\"/vocabulary/-\",\"value\":\"phrase "
                            + n
                            + "\"}]"));

    // Who was overtaken ten times may be told so; whoever was told 200 is in.
    assertThat(statuses(answers).keySet()).isSubsetOf(200, 409, 429, 503);
    List<String> promised =
        java.util.stream.IntStream.range(0, CALLERS)
            .filter(n -> answers.get(n).status() == 200)
            .mapToObj(n -> "\"phrase " + n + "\"")
            .toList();
    assertThat(promised).isNotEmpty();
    String stored = caller.at(other.rest()).get("/v1/manage/tracker/" + id).body();
    assertThat(stored).contains(promised);
    assertThat(stored.split("\"phrase ", -1)).hasSize(1 + promised.size());
  }

  @Test
  void token_isGoodEverywhere() {
    caller.created("seen everywhere");
    String path = "/v1/manage/trackers?name=seen%20everywhere";
    String there = caller.get(path).body();

    assertThat(there).contains("seen everywhere");
    assertThat(caller.at(other.rest()).get(path).body()).isEqualTo(there);
    assertThat(caller.at(gateways.get(0)).get(path).body()).isEqualTo(there);
    assertThat(caller.at(gateways.get(1)).get(path).body()).isEqualTo(there);
  }

  @Test
  void revokedKey_isRefusedEverywhere() throws Exception {
    ClusterCaller here = new ClusterCaller(server.rest(), server.rest().token("app2", "secret2"));
    List<ClusterCaller> callers = List.of(here, here.at(other.rest()), here.at(gateways.get(1)));
    callers.forEach(each -> assertThat(each.get("/v1/manage/trackers").status()).isEqualTo(200));

    ProgramProcess revocation = cluster.run("key", "revoke", "app2");
    assertThat(revocation.exitStatus()).as(revocation.error()).isZero();

    Conditions.within(
        REVOKED_WITHIN,
        "a revoked key's token is refused everywhere",
        () -> callers.stream().allMatch(each -> each.get("/v1/manage/trackers").status() == 401));
  }

  @Test
  void eventTracker_isMadeOnceAndDeletedOnce() throws Exception {
    String group =
        caller
            .members("POST", "/v1/dataset-groups", "{\"name\":\"shop\"}")
            .get("datasetGroupArn")
            .getAsString();
    List<Answer> made =
        Crowd.ask(
            CALLERS,
            n ->
                through(n)
                    .call(
                        "POST",
                        "/v1/event-trackers",
                        "{\"name\":\"clicks-" + n + "\",\"datasetGroupArn\":\"" + group + "\"}"));
    assertThat(statuses(made)).isEqualTo(Map.of(200, 1L, 409, CALLERS - 1L));
    String path =
        "/v1/event-trackers/"
            + made.stream()
                .filter(answer -> answer.status() == 200)
                .map(answer -> answer.json().getAsJsonObject().get("eventTrackerArn"))
                .findFirst()
                .get()
                .getAsString();

    List<JsonObject> active =
        Crowd.ask(CALLERS, n -> untilActive(through(n), path)).stream()
            .map(answer -> answer.json().getAsJsonObject().getAsJsonObject("eventTracker"))
            .toList();
    assertThat(active).as("all see the same change").containsOnly(active.get(0));

    List<Answer> deleted = Crowd.ask(CALLERS, n -> through(n).call("DELETE", path, null));
    assertThat(statuses(deleted).get(200)).as("%s", statuses(deleted)).isEqualTo(1);
  }

  private static Answer untilActive(ClusterCaller caller, String path) {
    Answer[] seen = new Answer[1];
    Conditions.within(
        Duration.ofSeconds(20),
        path + " is active",
        () -> {
          seen[0] = caller.get(path);
          assertThat(seen[0].status()).as(seen[0].body()).isEqualTo(200);
          return seen[0].body().contains("\"ACTIVE\"");
        });
    return seen[0];
  }

  private static ClusterCaller through(int number) {
    return caller.at(gateways.get(number % gateways.size()));
  }

  private static Map<Integer, Long> statuses(List<Answer> answers) {
    return answers.stream().collect(groupingBy(Answer::status, counting()));
  }
}
