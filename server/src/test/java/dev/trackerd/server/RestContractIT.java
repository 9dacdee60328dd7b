package dev.trackerd.server;

import static dev.trackerd.server.RestBadInputIT.assertRefused;
import static dev.trackerd.server.RunningServer.trackerJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.trackerd.server.RunningServer.Answer;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the REST paths promise beyond the printed samples. */
class RestContractIT {
  private static final String ONE = "/v1/manage/tracker";
  private static final String MANY = "/v1/manage/trackers";

  @TempDir Path directory;
  private RunningServer server;

  @BeforeEach
  void start() {
    server = RunningServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void create_takesAnObjectOnThePluralPathToo() {
    Answer answer = server.call("POST", MANY, trackerJson("n", "a"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getAsJsonObject().keySet()).containsExactly("tracker");
  }

  @Test
  void create_echoesOptionalsOnlyWhenSupplied() {
    String body =
        """
        {"name":"n","vocabulary":["a"],"description":"","categories":["c"],"languages":["en-US"],
         "excludeVocabulary":["x"],"createdOn":"2020","updatedOn":7,"id":"1"}""";
    JsonObject tracker =
        server.call("POST", ONE, body).json().getAsJsonObject().getAsJsonObject("tracker");

    assertThat(tracker.keySet())
        .containsExactlyInAnyOrder(
            "id",
            "name",
            "vocabulary",
            "description",
            "categories",
            "languages",
            "excludeVocabulary");
    assertThat(tracker.get("id").getAsString()).isNotEqualTo("1");
    JsonObject plain =
        server
            .call("POST", ONE, trackerJson("plain", "a"))
            .json()
            .getAsJsonObject()
            .getAsJsonObject("tracker");
    assertThat(plain.keySet()).containsExactlyInAnyOrder("id", "name", "vocabulary");
  }

  @Test
  void create_keepsNamesAndPhrasesByteForByte() {
    for (String name :
        List.of("Foo", "foo", " foo ", "föö", "fo\u0308o\u0308", "🙂", "a/b?c=d&e%2F")) {
      String id = server.create(name, name, "\"'<>&\\\n\u2028" + name);
      String query = java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
      JsonArray found =
          server
              .call("GET", MANY + "?name=" + query)
              .json()
              .getAsJsonObject()
              .getAsJsonArray("trackers");
      assertThat(found).hasSize(1);
      JsonObject tracker = found.get(0).getAsJsonObject();
      assertThat(tracker.get("id").getAsString()).isEqualTo(id);
      assertThat(tracker.get("name").getAsString()).isEqualTo(name);
      assertThat(tracker.getAsJsonArray("vocabulary").get(1).getAsString())
          .isEqualTo("\"'<>&\\\n\u2028" + name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {MANY, MANY + "/bulk"})
  void batchCreate_keepsTheOrder(String path) {
    Answer answer =
        server.call("POST", path, "[" + trackerJson("b", "1") + "," + trackerJson("a", "2") + "]");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(names(answer)).containsExactly("b", "a");
    assertThat(names(server.call("GET", MANY))).containsExactly("b", "a");
  }

  @Test
  void create_refusesATakenName() {
    server.create("n", "a");

    assertRefused(server.call("POST", ONE, trackerJson("n", "b")), 409, 6);
    String bulk = "[" + trackerJson("m", "a") + "," + trackerJson("n", "b") + "]";
    Answer refused = server.call("POST", MANY, bulk);
    assertRefused(refused, 409, 6);
    assertThat(refused.message()).isEqualTo("[1].name: A tracker of that name already exists.");
    assertThat(refused.body())
        .contains(
            "\"reason\":\"NAME_TAKEN\"",
            "{\"field\":\"[1].name\","
                + "\"description\":\"A tracker of that name already exists.\"}");
    assertThat(names(server.call("GET", MANY))).containsExactly("n");
    assertThat(server.callAsOther("POST", ONE, trackerJson("n", "b")).status()).isEqualTo(200);
  }

  @Test
  void create_refusesMoreThanTheLimit() {
    server.close();
    server = RunningServer.start(directory, RunningServer.settings(2, VocabularyUpdate.MERGE));
    server.create("1", "a");
    String two = "[" + trackerJson("2", "a") + "," + trackerJson("3", "a") + "]";

    assertRefused(server.call("POST", MANY, two), 400, 9);
    server.create("2", "a");
    Answer third = server.call("POST", ONE, trackerJson("3", "a"));
    assertRefused(third, 400, 9);
    assertThat(third.message()).contains("at most 2 trackers");
    assertThat(names(server.call("GET", MANY))).containsExactly("1", "2");
  }

  @Test
  void list_hasItsAliasesAndAnEmptyForm() {
    for (String path : List.of(MANY, ONE, MANY + "/", MANY + "?", MANY + "?&")) {
      Answer answer = server.call("GET", path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"trackers\":[]}");
    }
  }

  @Test
  void list_returnsAllOfManyPagesInTheOrderOfCreation() {
    List<String> expected = new ArrayList<>();
    for (int batch = 0; batch < 5; batch++) {
      List<String> bodies = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        String name = "t" + (batch * 250 + i);
        expected.add(name);
        bodies.add(trackerJson(name, "a", "b"));
      }
      assertThat(server.call("POST", MANY, bodies.toString()).status()).isEqualTo(200);
    }

    Answer all = server.call("GET", MANY);
    assertThat(names(all)).isEqualTo(expected);
    assertThat(all.json().getAsJsonObject().keySet()).containsExactly("trackers");
    assertThat(all.json().getAsJsonObject().getAsJsonArray("trackers"))
        .extracting(tracker -> tracker.getAsJsonObject().get("id").getAsString())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void list_pagesWhenAsked() {
    IntStream.range(0, 5).forEach(i -> server.create("t" + i, "a"));
    List<String> walked = new ArrayList<>();
    String token = "";
    do {
      Answer page = server.call("GET", MANY + "?pageSize=2&pageToken=" + token);
      walked.addAll(names(page));
      var next = page.json().getAsJsonObject().get("nextPageToken");
      token = next == null ? "" : next.getAsString();
    } while (!token.isEmpty());

    assertThat(walked).containsExactly("t0", "t1", "t2", "t3", "t4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {MANY + "?name=", MANY + "?name=none", ONE + "?name=none", MANY + "?&name=none"})
  void findByName_findsNothing(String path) {
    server.create("n", "a");
    assertThat(server.call("GET", path).body()).isEqualTo("{\"trackers\":[]}");
  }

  @Test
  void findByName_comparesExactly() {
    server.create("Foo Bar", "a");

    assertThat(names(server.call("GET", MANY + "?&name=Foo+Bar"))).containsExactly("Foo Bar");
    assertThat(names(server.call("GET", ONE + "?name=Foo%20Bar"))).containsExactly("Foo Bar");
    assertThat(names(server.call("GET", MANY + "?name=foo%20bar"))).isEmpty();
  }

  @Test
  void otherAccount_seesAndChangesNothing() {
    String id = server.create("n", "a");

    assertRefused(server.callAsOther("GET", ONE + "/" + id, null), 404, 5);
    assertRefused(server.callAsOther("PUT", ONE + "/" + id, "{\"name\":\"m\"}"), 404, 5);
    assertRefused(
        server.callAsOther(
            "PATCH", MANY + "/" + id, "[{\"op\":\"add\",\"path\":\"/name\",\"value\":\"m\"}]"),
        404,
        5);
    assertRefused(server.callAsOther("DELETE", ONE + "/" + id, null), 404, 5);
    assertThat(server.callAsOther("GET", MANY, null).body()).isEqualTo("{\"trackers\":[]}");
    assertThat(server.callAsOther("GET", MANY + "?name=n", null).body())
        .isEqualTo("{\"trackers\":[]}");
    assertThat(tracker(server.call("GET", ONE + "/" + id)).get("name").getAsString())
        .isEqualTo("n");
  }

  @Test
  void trackers_surviveARestart() {
    String id = server.create("n", "a");
    server.close();
    server = RunningServer.start(directory);

    assertThat(tracker(server.call("GET", ONE + "/" + id)).get("name").getAsString())
        .isEqualTo("n");
  }

  private static JsonObject tracker(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getAsJsonObject().getAsJsonObject("tracker");
  }

  private static List<String> names(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    answer
        .json()
        .getAsJsonObject()
        .getAsJsonArray("trackers")
        .forEach(tracker -> names.add(tracker.getAsJsonObject().get("name").getAsString()));
    return names;
  }
}
