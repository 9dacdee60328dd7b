package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.trackerd.server.RunningServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Over REST, what is wrong has the name that its sender gave it, in the message as in the details.
 */
@TestInstance(Lifecycle.PER_CLASS)
class FieldNamesIT {
  private static final String ONE = "/v1/manage/tracker";
  private static final String MANY = "/v1/manage/trackers";
  private static final String ABSENT = "/1234567890123456";

  private RunningServer server;

  @BeforeAll
  void start(@TempDir Path directory) {
    server = RunningServer.start(directory);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** Method, path, body, and the fields at fault in their order. */
  static Stream<Arguments> faults() {
    return Stream.of(
        // Rules of the service.
        Arguments.of("POST", ONE, "{}", List.of("name", "vocabulary")),
        Arguments.of(
            "POST",
            ONE,
            "{\"name\":\" \",\"vocabulary\":[\"a\",\"\"],\"excludeVocabulary\":[\"\\u0000\"]}",
            List.of("name", "vocabulary[1]", "excludeVocabulary[0]")),
        Arguments.of(
            "POST",
            MANY,
            "[{\"name\":\"n\"},{\"vocabulary\":[\"a\",\"a\"]},{\"name\":\"m\",\"vocabulary\":[\"\"]}]",
            List.of("[0].vocabulary", "[1].name", "[1].vocabulary[1]", "[2].vocabulary[0]")),
        Arguments.of("POST", MANY, "{}", List.of("name", "vocabulary")),
        Arguments.of(
            "PUT",
            ONE + ABSENT,
            "{\"id\":\"5\",\"vocabulary\":[\"\"]}",
            List.of("id", "vocabulary[0]")),
        Arguments.of(
            "PATCH",
            MANY + ABSENT,
            "[{\"op\":\"move\",\"path\":\"/name\"},{\"op\":\"add\",\"path\":\"/name\",\"value\":\"x\"},"
                + "{\"op\":\"add\",\"path\":\"/nme\",\"value\":\"x\"},"
                + "{\"op\":\"add\",\"path\":\"/vocabulary\",\"value\":[\"a\",5]}]",
            List.of("[0].op", "[2].path", "[3].value[1]")),
        Arguments.of("GET", MANY + "?pageSize=-1", null, List.of("pageSize")),
        Arguments.of("GET", MANY + "?pageToken=x", null, List.of("pageToken")),
        Arguments.of("GET", MANY + "?name=%00", null, List.of("name")),
        Arguments.of("POST", "/oauth2/token:generate", "{}", List.of("appId", "appSecret")),
        // Types, and names that there are not.
        Arguments.of(
            "POST",
            MANY,
            "[{\"name\":5,\"vocabulary\":\"a\",\"x\":[{}]},7,{\"vocabulary\":[1,\"a\",null]}]",
            List.of(
                "[0].name",
                "[0].vocabulary",
                "[0].x",
                "[1]",
                "[2].vocabulary[0]",
                "[2].vocabulary[2]")),
        Arguments.of(
            "PUT",
            ONE + ABSENT + "?vocabularyUpdate=x&trackerId=1",
            "{\"vocabulary\":5}",
            List.of("vocabulary", "vocabularyUpdate", "trackerId")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void refusal_namesAllFields(String method, String path, String body, List<String> fields) {
    Answer answer = server.call(method, path, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    List<String> named = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (JsonElement violation : violations(answer)) {
      JsonObject each = violation.getAsJsonObject();
      named.add(each.get("field").getAsString());
      texts.add(each.get("field").getAsString() + ": " + each.get("description").getAsString());
    }
    assertThat(named).isEqualTo(fields);
    assertThat(answer.message()).isEqualTo(String.join("; ", texts));
  }

  @Test
  void refusal_ofTheBodyAsAWhole_namesNoField() {
    Answer answer = server.call("PUT", ONE + ABSENT, "{}");
    assertThat(answer.message())
        .isEqualTo("expected: at least one field to change, such as name or vocabulary");
    assertThat(violations(answer).get(0).getAsJsonObject().has("field")).isFalse();
  }

  @Test
  void refusal_ofWhatAwsHasToo_namesItsMembers() {
    Answer listed = server.call("GET", "/v1/datasets?datasetGroupArn=x&maxResults=0");
    assertThat(listed.message())
        .startsWith("2 validation errors detected: Value 'x' at 'datasetGroupArn' failed");
    assertThat(violations(listed).toString())
        .contains("\"field\":\"datasetGroupArn\"", "\"field\":\"maxResults\"");
    Answer tagged =
        server.call("POST", "/v1/tags/x", "{\"tags\":[{\"tagKey\":\"k\"},{\"tagValue\":\"v\"}]}");
    assertThat(violations(tagged).toString())
        .contains("\"resourceArn\"", "\"tags[0].tagValue\"", "\"tags[1].tagKey\"");
  }

  @Test
  void refusal_withoutAToken_saysThatItIsMissing() {
    Answer answer = server.call("GET", MANY, null, "Accept", "application/json");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.message()).isEqualTo("Token validation failed for provided token.");
    assertThat(answer.body())
        .contains("\"reason\":\"CREDENTIAL_MISSING\"", "The access token is missing");
  }

  private static JsonArray violations(Answer answer) {
    for (JsonElement detail : answer.json().getAsJsonObject().getAsJsonArray("details")) {
      if (detail.getAsJsonObject().has("fieldViolations")) {
        return detail.getAsJsonObject().getAsJsonArray("fieldViolations");
      }
    }
    throw new AssertionError("names no field: " + answer.body());
  }
}
