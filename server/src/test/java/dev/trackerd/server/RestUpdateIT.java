package dev.trackerd.server;

import static dev.trackerd.server.RestBadInputIT.assertRefused;
import static dev.trackerd.server.RunningServer.list;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trackerd.server.RunningServer.Answer;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PUT and PATCH promise beyond the printed samples. */
class RestUpdateIT {
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
  void update_keepsWhatIsMissingAndClearsEmptyLists() {
    String id = server.create("n", "a");
    String path = ONE + "/" + id;
    server.call("PUT", path, "{\"description\":\"d\",\"categories\":[\"c\"]}");
    JsonObject kept = tracker(server.call("PUT", path, "{\"name\":\"m\"}"));
    assertThat(kept.toString())
        .isEqualTo(
            "{\"id\":\""
                + id
                + "\",\"name\":\"m\",\"vocabulary\":[\"a\"],\"description\":\"d\",\"categories\":[\"c\"]}");
    assertThat(tracker(server.call("PUT", path, "{\"categories\":[]}")).has("categories"))
        .isFalse();
  }

  @Test
  void update_replacesWhenAsked() {
    String id = server.create("n", "a", "b");
    String body = "{\"vocabulary\":[\"c\"]}";

    assertThat(
            tracker(server.call("PUT", ONE + "/" + id + "?vocabularyUpdate=REPLACE", body))
                .get("vocabulary"))
        .isEqualTo(JsonParser.parseString("[\"c\"]"));
    String other = "{\"vocabulary\":[\"d\"]}";
    assertThat(
            tracker(server.call("PUT", ONE + "/" + id + "?vocabularyUpdate=replace", other))
                .get("vocabulary"))
        .isEqualTo(JsonParser.parseString("[\"d\"]"));
    Answer refused = server.call("PUT", ONE + "/" + id + "?vocabularyUpdate=swap", body);
    assertRefused(refused, 400, 3);
    assertThat(refused.message()).isEqualTo("vocabularyUpdate: expected one of MERGE, REPLACE");
  }

  @Test
  void update_followsTheServersSetting() {
    server.close();
    server = RunningServer.start(directory, RunningServer.settings(0, VocabularyUpdate.REPLACE));
    String id = server.create("n", "a");

    assertThat(
            tracker(server.call("PUT", ONE + "/" + id, "{\"vocabulary\":[\"c\"]}"))
                .get("vocabulary"))
        .isEqualTo(JsonParser.parseString("[\"c\"]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":\"4476908732794496\"}",
        "{\"id\":\"4476908732794496\",\"name\":\"m\"}",
        "{\"id\":\"\",\"name\":\"m\"}",
        "{\"vocabulary\":[]}",
        "{\"vocabulary\":[\"x\",\"x\"]}",
        "{\"name\":\"\"}",
        "{\"name\":\"m\",\"phrases\":[]}",
        "[{\"name\":\"m\"}]",
        "null"
      })
  void update_refusesABadBody(String body) {
    String id = server.create("n", "a");
    assertRefused(server.call("PUT", ONE + "/" + id, body), 400, 3);
    assertThat(tracker(server.call("GET", ONE + "/" + id)).toString())
        .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"n\",\"vocabulary\":[\"a\"]}");
  }

  @Test
  void update_refusesATakenNameButNotItsOwn() {
    server.create("taken", "a");
    String id = server.create("n", "a");

    assertRefused(server.call("PUT", ONE + "/" + id, "{\"name\":\"taken\"}"), 409, 6);
    assertThat(server.call("PUT", ONE + "/" + id, "{\"name\":\"n\"}").status()).isEqualTo(200);
    // 404 comes before 409.
    assertRefused(server.call("PUT", ONE + "/4476908732794496", "{\"name\":\"taken\"}"), 404, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"op":"add","path":"/vocabulary","value":"c"}]          | ["a","b","c"]
          [{"op":"add","path":"/vocabulary","value":["a","c"]}]    | ["a","b","c"]
          [{"op":"add","path":"/vocabulary/-","value":"c"}]        | ["a","b","c"]
          [{"op":"replace","path":"/vocabulary","value":["c"]}]    | ["c"]
          [{"op":"replace","path":"/vocabulary/0","value":"c"}]    | ["c","b"]
          [{"op":"remove","path":"/vocabulary","value":"a"}]       | ["b"]
          [{"op":"remove","path":"/vocabulary/1"}]                 | ["a"]
          """)
  void patch_changesTheVocabulary(String body, String expected) {
    String id = server.create("n", "a", "b");
    Answer answer = server.call("PATCH", MANY + "/" + id, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(tracker(answer).get("vocabulary")).isEqualTo(JsonParser.parseString(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{\"op\":\"add\"}",
        "[{\"op\":\"add\",\"path\":\"/vocabulary\",\"value\":7}]",
        "[{\"op\":\"add\",\"path\":\"/id\",\"value\":\"7\"}]",
        "[{\"op\":\"add\",\"path\":\"/vocabulary\",\"value\":\"c\",\"from\":\"/x\"}]",
        "[{\"op\":\"add\",\"path\":\"/vocabulary\",\"value\":\"c\"},{\"op\":\"move\",\"path\":\"/name\"}]",
        "[{\"op\":\"remove\",\"path\":\"/name\"}]",
        "[{\"op\":\"remove\",\"path\":\"/vocabulary\"}]"
      })
  void patch_refusesAndChangesNothing(String body) {
    String id = server.create("n", "a", "b");

    assertRefused(server.call("PATCH", MANY + "/" + id, body), 400, 3);
    assertThat(tracker(server.call("GET", MANY + "/" + id)).get("vocabulary"))
        .isEqualTo(JsonParser.parseString(list("a", "b")));
  }

  @Test
  void patch_acceptsTheJsonPatchContentType() {
    String id = server.create("n", "a");
    Answer answer =
        server.call(
            "PATCH",
            MANY + "/" + id,
            "[{\"op\":\"replace\",\"path\":\"/name\",\"value\":\"m\"}]",
            "Authorization",
            "Bearer " + server.token(),
            "Content-Type",
            "application/json-patch+json");

    assertThat(tracker(answer).get("name").getAsString()).isEqualTo("m");
  }

  private static JsonObject tracker(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getAsJsonObject().getAsJsonObject("tracker");
  }
}
