package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.trackerd.server.RunningServer.Answer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies, queries and paths that must be refused in the one shape, with nothing stored. */
class RestBadInputIT {
  private static final String ID = "4476908732794496";
  private static final String ONE = "/v1/manage/tracker";
  private static final String MANY = "/v1/manage/trackers";

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Bodies of a create, and what the message must name. */
  static Stream<Arguments> bodies() {
    return Stream.of(
        Arguments.of("{\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of("{\"name\":null,\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of("{\"name\":\"\",\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of("{\"name\":\" \\t\",\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of("{\"name\":5,\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of("{\"name\":[\"x\"],\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of("{\"name\":true,\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of("{\"name\":\"a\\u0000\",\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of("{\"name\":\"" + "n".repeat(1025) + "\",\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of("{\"name\":\"n\"}", "vocabulary"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":null}", "vocabulary"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[]}", "vocabulary"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[\" \"]}", "vocabulary[0]"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[\"a\",\"b\",\"a\"]}", "vocabulary[2]"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":\"a\"}", "vocabulary"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[5]}", "vocabulary[0]"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[null]}", "vocabulary[0]"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[[\"a\"]]}", "vocabulary[0]"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":{\"a\":1}}", "vocabulary"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[\"a\\u0000\"]}", "vocabulary[0]"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[\"a\"],\"description\":5}", "description"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[\"a\"],\"categories\":\"x\"}", "categories"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[\"a\"],\"languages\":[1]}", "languages[0]"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[\"a\"],\"phrases\":[]}", "phrases"),
        Arguments.of("{\"name\":\"n\",\"vocabulary\":[\"a\"],\"Name\":\"x\"}", "Name"),
        Arguments.of("{\"name\":\"n\",\"name\":\"m\",\"vocabulary\":[\"a\"]}", "name"),
        Arguments.of(
            "{\"name\":\"n\",\"vocabulary\":[\"a\"],\"vocabulary\":[\"b\"]}", "vocabulary"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void create_refusesABadMember(String body, String named) {
    assertRefused(server.call("POST", ONE, body), 400, 3);
    assertThat(server.call("POST", ONE, body).message()).contains(named);
    assertRefused(server.call("POST", MANY, body), 400, 3);
    assertRefused(server.call("POST", MANY, "[" + body + "]"), 400, 3);
    assertRefused(server.call("POST", MANY + "/bulk", "[" + body + "]"), 400, 3);
    server.assertEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "5",
        "\"text\"",
        "true",
        "NaN",
        "{",
        "}",
        "{}",
        "{\"name\":\"n\",\"vocabulary\":[\"a\"]",
        "{\"name\":\"n\",\"vocabulary\":[\"a\"],}",
        "{\"name\":\"n\",\"vocabulary\":[\"a\",]}",
        "{\"name\":\"n\",\"vocabulary\":[\"a\"]} x",
        "{\"name\":\"n\",\"vocabulary\":[\"a\"]}{}",
        "{'name':'n','vocabulary':['a']}",
        "{name:\"n\",\"vocabulary\":[\"a\"]}",
        "{\"name\":\"n\",/* c */\"vocabulary\":[\"a\"]}",
        "// c\n{\"name\":\"n\",\"vocabulary\":[\"a\"]}",
        "#c\n{\"name\":\"n\",\"vocabulary\":[\"a\"]}",
        "{\"name\":\"n\",\"vocabulary\":[\"a\"],\"description\":NaN}",
        "{\"name\":\"n\",\"vocabulary\":[\"\\ud800\"]}",
        "{\"name\":\"n\",\"vocabulary\":[\"\\udc00\\ud800\"]}",
        "{\"name\":\"n\",\"vocabulary\":[\"\\x41\"]}",
        "{\"name\":\"n\",\"vocabulary\":[\"a\nb\"]}",
        "{\"name\":\"n\",\"vocabulary\":[01]}",
        "{\"name\":\"n\" \"vocabulary\":[\"a\"]}",
        "\ufeff{\"name\":\"n\",\"vocabulary\":[\"a\"]}"
      })
  void create_refusesWhatIsNotOneJsonObject(String body) {
    assertRefused(server.call("POST", ONE, body), 400, 3);
    assertRefused(server.call("POST", MANY, body), 400, 3);
    assertRefused(server.call("POST", MANY, "[" + body), 400, 3);
    server.assertEmpty();
  }

  @Test
  void create_refusesTenThousandLevels() {
    String nested = "[".repeat(10_000) + "]".repeat(10_000);
    assertRefused(server.call("POST", ONE, nested), 400, 3);
    assertRefused(server.call("POST", MANY, nested), 400, 3);
    String member = "{\"name\":\"n\",\"vocabulary\":[\"a\"],\"createdOn\":" + nested + "}";
    assertRefused(server.call("POST", ONE, member), 400, 3);
    server.assertEmpty();
  }

  @Test
  void batchCreate_refusesAnEmptyArrayAndTheWrongRoot() {
    String object = RunningServer.trackerJson("n", "a");
    assertRefused(server.call("POST", MANY, "[]"), 400, 3);
    assertRefused(server.call("POST", MANY + "/bulk", "[]"), 400, 3);
    assertRefused(server.call("POST", MANY + "/bulk", object), 400, 3);
    assertRefused(server.call("POST", ONE, "[" + object + "]"), 400, 3);
    assertRefused(server.call("POST", MANY, "[" + object + ",5]"), 400, 3);
    assertRefused(server.call("POST", MANY, "[" + object + ",null]"), 400, 3);
    server.assertEmpty();
  }

  @Test
  void batchCreate_storesNothingWhenOneIsBad() {
    String good = RunningServer.trackerJson("good", "a");
    String bad = RunningServer.trackerJson("bad", "a", "a");
    Answer answer = server.call("POST", MANY, "[" + good + "," + bad + "]");

    assertRefused(answer, 400, 3);
    assertThat(answer.message())
        .isEqualTo(
            "[1].vocabulary[1]: the same phrase as at index 0 (expected: no duplicate phrases)");
    String other = RunningServer.trackerJson("other", "a");
    Answer twice = server.call("POST", MANY, "[" + good + "," + other + "," + good + "]");
    assertRefused(twice, 409, 6);
    assertThat(twice.message()).isEqualTo("[2].name: A tracker of that name already exists.");
    server.assertEmpty();
  }

  /** Method, path, HTTP status, code, and what the message must name. */
  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("GET", MANY + "?nam=x", 400, 3, "nam"),
        Arguments.of("GET", MANY + "?name=x&name=y", 400, 3, "name"),
        Arguments.of("GET", MANY + "?name=x&other=1", 400, 3, "other"),
        Arguments.of("GET", MANY + "?name=x&pageSize=1", 400, 3, "pageSize"),
        Arguments.of("GET", MANY + "?pageSize=x", 400, 3, "pageSize"),
        Arguments.of("GET", MANY + "?pageSize=-1", 400, 3, "pageSize: "),
        Arguments.of("GET", MANY + "?pageToken=forged", 400, 3, "pageToken: "),
        Arguments.of("GET", MANY + "?name=%00", 400, 3, "name"),
        Arguments.of("GET", MANY + "?name=%ff", 400, 3, ""),
        Arguments.of("GET", ONE + "/" + ID + "?tracker_id=1", 400, 3, "tracker_id"),
        Arguments.of("GET", ONE + "/" + ID + "?trackerId=" + ID, 400, 3, "trackerId"),
        Arguments.of("GET", ONE + "/" + ID + "?x=1", 400, 3, "x"),
        Arguments.of("GET", ONE + "/%ff", 400, 3, ""),
        Arguments.of("GET", ONE + "/%00", 400, 3, ""),
        Arguments.of("GET", ONE + "/" + ID, 404, 5, ""),
        Arguments.of("GET", ONE + "/abc", 404, 5, ""),
        Arguments.of("GET", ONE + "/a%2Fb", 404, 5, ""),
        Arguments.of("GET", ONE + "/-1", 404, 5, ""),
        Arguments.of("GET", ONE + "/99999999999999999999", 404, 5, ""),
        Arguments.of("GET", ONE + "/%E0%A5%AA476908732794496", 404, 5, ""),
        Arguments.of("DELETE", ONE + "/" + ID, 404, 5, ""),
        Arguments.of("DELETE", MANY + "/" + ID, 404, 5, ""),
        Arguments.of("GET", "/v1/manage/nothing", 404, 5, ""),
        Arguments.of("GET", "/v1/manage//trackers", 404, 5, ""),
        Arguments.of("GET", "/V1/manage/trackers", 404, 5, ""),
        Arguments.of("GET", "/oauth2/token:refresh", 404, 5, ""),
        Arguments.of("PUT", "/v1/conversations/tracker/" + ID, 404, 5, ""));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void request_isRefused(String method, String path, int status, int code, String named) {
    Answer answer = server.call(method, path);

    assertRefused(answer, status, code);
    assertThat(answer.message()).contains(named);
  }

  static Stream<Arguments> wrongMethods() {
    return Stream.of(
        Arguments.of("PATCH", ONE + "/" + ID, "DELETE, GET, HEAD, OPTIONS, PUT"),
        Arguments.of("PUT", MANY + "/" + ID, "DELETE, GET, HEAD, OPTIONS, PATCH"),
        Arguments.of("DELETE", MANY, "GET, HEAD, OPTIONS, POST"),
        Arguments.of("GET", "/oauth2/token:generate", "OPTIONS, POST"),
        Arguments.of("BREW", ONE, "GET, HEAD, OPTIONS, POST"));
  }

  @ParameterizedTest
  @MethodSource("wrongMethods")
  void request_isToldTheAllowedMethods(String method, String path, String allow) {
    Answer answer = server.call(method, path, "{}");

    assertRefused(answer, 405, 12);
    assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder(allow.split(", "));
  }

  static void assertRefused(Answer answer, int status, int code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("x-request-id")).isNotBlank();
    JsonObject body = answer.json().getAsJsonObject();
    assertThat(body.keySet()).containsExactlyInAnyOrder("code", "message", "details");
    assertThat(body.get("code").getAsInt()).isEqualTo(code);
    assertThat(answer.message()).isNotBlank();
    assertThat(answer.body())
        .doesNotContainIgnoringCase("exception")
        .doesNotContain("com.google.protobuf", "jackson", "gson", "SELECT", "sqlite")
        .doesNotContain(directory == null ? "\0" : directory.toString());
  }
}
