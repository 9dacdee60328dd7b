package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.RunningServer.Answer;
import dev.trackerd.server.store.sql.Callers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that are asked for again under one key, over HTTP and by AWS' protocol. */
class RestIdempotencyIT {
  private static final String ONE = "/v1/manage/tracker";
  private static final String MANY = "/v1/manage/trackers";
  private static final String BODY = "{\"name\":\"n\",\"vocabulary\":[\"a\"]}";

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

  private Answer call(String method, String path, String body, String key) {
    return server.call(
        method, path, body, "Authorization", "Bearer " + server.token(), "Idempotency-Key", key);
  }

  private void assertReplayed(Answer first, Answer again) {
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.header("idempotent-replayed")).isNull();
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(again.header("idempotent-replayed")).isEqualTo("true");
    assertThat(again.body()).isEqualTo(first.body());
  }

  private int trackers() {
    return server.call("GET", MANY).json().getAsJsonObject().getAsJsonArray("trackers").size();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | /v1/manage/tracker       | {"name":"n","vocabulary":["a"],"description":"","languages":["de"]}
          POST | /v1/manage/trackers      | {"name":"n","vocabulary":["a"]}
          POST | /v1/manage/trackers      | [{"name":"n","vocabulary":["a"]},{"name":"m","vocabulary":["b"]}]
          POST | /v1/manage/trackers/bulk | [{"name":"n","vocabulary":["a"],"id":"7"}]
          POST | /v1/dataset-groups       | {"name":"movies","domain":"ECOMMERCE"}
          """)
  void create_underAKey_isMadeOnce(String method, String path, String body) {
    Answer first = call(method, path, body, "key");

    assertReplayed(first, call(method, path, body, "key"));
    // Over another opening of the store, too.
    server.close();
    server = RunningServer.start(directory);
    assertReplayed(first, call(method, path, body, "key"));
    assertThat(trackers())
        .isEqualTo(
            path.contains("dataset")
                ? 0
                : body.startsWith("[{\"name\":\"n\",\"vocabulary\":[\"a\"]},") ? 2 : 1);
  }

  @Test
  void patch_underAKey_isMadeOnce_andAnswersAsItDidThen() {
    String id = server.create("n", "a");
    String path = MANY + "/" + id;
    String patch =
        "[{\"op\":\"remove\",\"path\":\"/vocabulary/0\"},{\"op\":\"add\",\"path\":\"/vocabulary\",\"value\":[\"b\",\"c\"]}]";
    Answer first = call("PATCH", path, patch, "key");
    server.call("DELETE", ONE + "/" + id);

    assertReplayed(first, call("PATCH", path, patch, "key"));
    assertThat(first.body()).contains("[\"b\",\"c\"]");
  }

  @Test
  void eventTracker_underAKey_isMadeOnce_overAwsProtocolToo() {
    String group =
        aws("CreateDatasetGroup", "{\"name\":\"movies\"}", "group")
            .json()
            .getAsJsonObject()
            .get("datasetGroupArn")
            .getAsString();
    String body = "{\"name\":\"clicks\",\"datasetGroupArn\":\"" + group + "\"}";
    Answer first = aws("CreateEventTracker", body, "key");

    assertReplayed(first, aws("CreateEventTracker", body, "key"));
    // It is the same request of the same method, in whatever protocol.
    Answer rest = call("POST", "/v1/event-trackers", body, "key");
    assertThat(rest.header("idempotent-replayed")).isEqualTo("true");
    Answer reused = aws("CreateEventTracker", body.replace("clicks", "other"), "key");
    assertThat(reused.status()).isEqualTo(400);
    assertThat(reused.header("x-amzn-errortype")).isEqualTo("InvalidInputException");
    Answer bad = aws("CreateEventTracker", body, "a b");
    assertThat(bad.header("x-amzn-errortype")).isEqualTo("InvalidInputException");
    assertThat(bad.message()).contains("idempotency-key");
  }

  /** The key is not signed. */
  private Answer aws(String operation, String body, String key) {
    return new AwsRequest(server, operation, body).sign().header("Idempotency-Key", key).send();
  }

  @Test
  void key_ofAnotherRequest_is409() {
    call("POST", ONE, BODY, "key");
    for (String[] other :
        List.of(
            new String[] {ONE, BODY.replace("\"a\"", "\"b\"")},
            new String[] {MANY, "[" + BODY + "]"},
            new String[] {"/v1/dataset-groups", "{\"name\":\"movies\"}"})) {
      Answer answer = call("POST", other[0], other[1], "key");
      assertThat(answer.status()).as(answer.body()).isEqualTo(409);
      assertThat(answer.body()).contains("IDEMPOTENCY_KEY_REUSED", "\"code\":6");
      assertThat(answer.header("retry-after")).isNull();
    }
    assertThat(trackers()).isEqualTo(1);
  }

  @Test
  void failure_leavesTheKeyFree() {
    String id = server.create("n", "b");
    Answer failed = call("POST", ONE, BODY, "key");
    assertThat(failed.status()).isEqualTo(409);
    assertThat(failed.body()).contains("NAME_TAKEN");
    assertThat(call("POST", ONE, "{\"name\":\"n\"}", "key").status()).isEqualTo(400);
    server.call("DELETE", ONE + "/" + id);

    assertReplayed(call("POST", ONE, BODY, "key"), call("POST", ONE, BODY, "key"));
  }

  @Test
  void key_isAnAccountsOwn() {
    Answer ours = call("POST", ONE, BODY, "key");
    Answer theirs =
        server.call(
            "POST",
            ONE,
            BODY,
            "Authorization",
            "Bearer " + server.otherToken(),
            "Idempotency-Key",
            "key");

    assertThat(theirs.status()).isEqualTo(200);
    assertThat(theirs.header("idempotent-replayed")).isNull();
    assertThat(theirs.trackerId()).isNotEqualTo(ours.trackerId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "", "x256"})
  void badKey_is400AndNamesTheHeader(String key) {
    Answer answer = call("POST", ONE, BODY, key.equals("x256") ? "x".repeat(256) : key);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"idempotency-key\"", "255 visible ASCII");
    assertThat(trackers()).isZero();
    assertThat(call("POST", ONE, BODY, "x".repeat(255)).status()).isEqualTo(200);
  }

  @Test
  void keySentTwice_is400() {
    Answer answer =
        server.call(
            "POST",
            ONE,
            BODY,
            "Authorization",
            "Bearer " + server.token(),
            "Idempotency-Key",
            "a",
            "Idempotency-Key",
            "a");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("idempotency-key: sent more than once");
  }

  @Test
  void otherMethods_passOverTheHeader() {
    String id = server.create("n", "a");
    for (int i = 0; i < 2; i++) {
      Answer put = call("PUT", ONE + "/" + id, "{\"name\":\"m\"}", "key");
      assertThat(put.status()).isEqualTo(200);
      assertThat(put.header("idempotent-replayed")).isNull();
      assertThat(call("GET", ONE + "/" + id, null, "not a key").status()).isEqualTo(200);
    }
    assertThat(call("DELETE", ONE + "/" + id, null, "key").status()).isEqualTo(200);
    assertThat(call("DELETE", ONE + "/" + id, null, "key").status()).isEqualTo(404);
  }

  @Test
  void callersAtOnce_makeOneTracker_andLeaveNothingInFlight() throws Exception {
    var answers = Callers.all(32, i -> () -> call("POST", ONE, BODY, "key"));

    assertThat(answers).allSatisfy(answer -> assertThat(answer.thrown()).isNull());
    List<Answer> all = answers.stream().map(Callers.Answer::value).toList();
    assertThat(all)
        .filteredOn(a -> a.status() == 200 && a.header("idempotent-replayed") == null)
        .hasSize(1);
    assertThat(all)
        .filteredOn(a -> a.status() != 200)
        .allSatisfy(
            a -> {
              assertThat(a.status()).isEqualTo(409);
              assertThat(a.body()).contains("IDEMPOTENCY_KEY_IN_USE", "RetryInfo");
              assertThat(a.header("retry-after")).isEqualTo("1");
            });
    assertThat(call("POST", ONE, BODY, "key").header("idempotent-replayed")).isEqualTo("true");
    assertThat(trackers()).isEqualTo(1);
    assertThat(call("POST", ONE, BODY.replace("\"n\"", "\"m\""), "next").status()).isEqualTo(200);
  }
}
