package dev.trackerd.gateway.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway itself refuses, over real sockets. */
final class AwsRefusalsIT {

  private static final int LIMIT = 1_048_576;

  private AwsDesk desk;
  private RawAwsClient wire;

  @BeforeEach
  void open() throws IOException {
    desk = new AwsDesk();
    wire = desk.wire();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  static Stream<Arguments> requestsOfNoOperation() {
    String other = "Content-Type: application/json";
    return Stream.of(
        argumentSet("other type", "POST / HTTP/1.1", List.of(RawAwsClient.TARGET, other)),
        argumentSet("no type", "POST / HTTP/1.1", List.of(RawAwsClient.TARGET)),
        argumentSet("other type, no target", "POST / HTTP/1.1", List.of(other)),
        argumentSet("nothing", "POST / HTTP/1.1", List.of()),
        argumentSet(
            "type of 1.0",
            "POST / HTTP/1.1",
            List.of(RawAwsClient.TARGET, RawAwsClient.TYPE.replace(".1", ".0"))),
        argumentSet("GET", "GET / HTTP/1.1", List.of(RawAwsClient.TARGET, RawAwsClient.TYPE)),
        argumentSet("PUT", "PUT / HTTP/1.1", List.of(RawAwsClient.TARGET, RawAwsClient.TYPE)),
        argumentSet(
            "OPTIONS", "OPTIONS / HTTP/1.1", List.of(RawAwsClient.TARGET, RawAwsClient.TYPE)),
        argumentSet(
            "method in lower case",
            "post / HTTP/1.1",
            List.of(RawAwsClient.TARGET, RawAwsClient.TYPE)),
        argumentSet(
            "other path", "POST /x HTTP/1.1", List.of(RawAwsClient.TARGET, RawAwsClient.TYPE)),
        argumentSet(
            "two slashes", "POST // HTTP/1.1", List.of(RawAwsClient.TARGET, RawAwsClient.TYPE)),
        argumentSet(
            "path of REST", "POST /v1/manage/tracker HTTP/1.1", List.of(RawAwsClient.TARGET)),
        argumentSet("probe", "GET /healthz HTTP/1.1", List.of(RawAwsClient.TARGET)));
  }

  @ParameterizedTest
  @MethodSource("requestsOfNoOperation")
  void otherRequests_areUnknownOperations(String line, List<String> headers) throws IOException {
    RawAwsClient.Answer answer = wire.send(line, headers, "{}");

    refused(answer, 404, "UnknownOperationException");
  }

  @Test
  void head_hasNoBody() throws IOException {
    RawAwsClient.Answer answer =
        wire.send("HEAD / HTTP/1.1", List.of(RawAwsClient.TARGET, RawAwsClient.TYPE), "");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo("UnknownOperationException");
    assertThat(answer.header("x-amzn-RequestId")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AmazonPersonalize.Nothing",
        "AmazonPersonalize.deleteEventTracker",
        "AmazonPersonalize.DeleteEventTracker ,x",
        "AmazonPersonalize.",
        "AmazonPersonalize",
        "amazonpersonalize.DeleteEventTracker",
        "DynamoDB_20120810.DeleteEventTracker",
        "AmazonPersonalizeEvents.DeleteEventTracker",
        "DeleteEventTracker",
        "",
        // RPCs, but none of AWS'.
        "AmazonPersonalize.Delete",
        "AmazonPersonalize.Generate",
        "AmazonPersonalize.ExchangeSignature"
      })
  void otherTargets_areUnknownOperations(String target) throws IOException {
    refused(wire.post(target, "{}"), 400, "UnknownOperationException");
  }

  @Test
  void noTarget_isUnknownOperation() throws IOException {
    RawAwsClient.Answer answer = wire.send("POST / HTTP/1.1", List.of(RawAwsClient.TYPE), "{}");

    refused(answer, 400, "UnknownOperationException");
  }

  @Test
  void twoTargets_areUnknownOperation() throws IOException {
    List<String> headers = List.of(RawAwsClient.TARGET, RawAwsClient.TARGET, RawAwsClient.TYPE);

    refused(wire.send("POST / HTTP/1.1", headers, "{}"), 400, "UnknownOperationException");
  }

  @Test
  void requestWithoutTargetToAnotherPath_isOfRest() throws IOException {
    RawAwsClient.Answer answer =
        wire.send("POST /nowhere HTTP/1.1", List.of(RawAwsClient.TYPE), "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("x-amzn-RequestId")).isNull();
    assertThat(answer.body()).contains("ROUTE_NOT_FOUND");
  }

  @Test
  void rootWithoutTarget_staysFreeForOthers() throws IOException {
    RawAwsClient.Answer answer = wire.send("GET / HTTP/1.1", List.of(), "");

    assertThat(answer.header("Content-Type")).doesNotContain("amz");
    assertThat(answer.header("x-amzn-RequestId")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"x\"",
        "1",
        "true",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{'eventTrackerArn':'x'}",
        "{\"eventTrackerArn\":\"x\",}",
        "{/**/}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "\ufeff{}",
        " ",
        "{\"eventTrackerArn\":\"\\ud800\"}",
        "{\"eventTrackerArn\":\"a\nb\"}",
        "{\"eventTrackerArn\":\"a\",\"eventTrackerArn\":\"b\"}",
        "<a/>",
        "eventTrackerArn=x"
      })
  void bodyThatIsNoJsonObject_isRefused(String body) throws IOException {
    RawAwsClient.Answer answer = wire.post("AmazonPersonalize.DeleteEventTracker", body);

    refusedAsSerialization(answer);
  }

  @Test
  void bodyThatIsNotUtf8_isRefused() throws IOException {
    byte[] body = "{\"eventTrackerArn\":\"\u00e9\"}".getBytes(ISO_8859_1);
    List<String> headers =
        List.of(RawAwsClient.TARGET, RawAwsClient.TYPE, "Content-Length: " + body.length);

    refusedAsSerialization(wire.raw("POST / HTTP/1.1", headers, body));
  }

  @Test
  void deepNesting_isRefused() throws IOException {
    String body = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

    refusedAsSerialization(wire.post("AmazonPersonalize.DeleteEventTracker", body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"maxResults\":\"5\"}", "{\"maxResults\":5.5}", "{\"maxResults\":true}",
        "{\"maxResults\":[5]}", "{\"maxResults\":2147483648}", "{\"maxResults\":1e999999999}",
        "{\"maxResults\":1e-999999999}", "{\"maxResults\":{}}", "{\"nextToken\":5}",
        "{\"nextToken\":true}", "{\"nextToken\":[\"a\"]}", "{\"nextToken\":{}}"
      })
  void memberOfAnotherType_isRefused(String body) throws IOException {
    refusedAsSerialization(wire.post("AmazonPersonalize.ListEventTrackers", body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tags\":{}}",
        "{\"tags\":\"a\"}",
        "{\"tags\":[1]}",
        "{\"tags\":[null]}",
        "{\"tags\":[[]]}",
        "{\"tags\":[{\"tagKey\":1}]}"
      })
  void elementOfAnotherType_isRefused(String body) throws IOException {
    refusedAsSerialization(wire.post("AmazonPersonalize.CreateEventTracker", body));
  }

  @Test
  void longBody_isRefused() throws IOException {
    String longest = "{}" + " ".repeat(LIMIT - 2);

    assertThat(wire.post("AmazonPersonalize.DeleteEventTracker", longest).status()).isEqualTo(200);
    desk.received.clear();
    refused(
        wire.post("AmazonPersonalize.DeleteEventTracker", longest + " "),
        413,
        "RequestEntityTooLargeException");
  }

  @Test
  void longChunkedBody_isRefused() throws IOException {
    String chunk = "100001\r\n" + " ".repeat(LIMIT + 1) + "\r\n0\r\n\r\n";
    List<String> headers =
        List.of(RawAwsClient.TARGET, RawAwsClient.TYPE, "Transfer-Encoding: chunked");

    refused(
        wire.raw("POST / HTTP/1.1", headers, chunk.getBytes(UTF_8)),
        413,
        "RequestEntityTooLargeException");
  }

  @Test
  void compressedBody_isRefused() throws IOException {
    List<String> headers =
        List.of(RawAwsClient.TARGET, RawAwsClient.TYPE, "Content-Encoding: gzip");

    refused(wire.send("POST / HTTP/1.1", headers, "{}"), 415, "UnsupportedMediaTypeException");
  }

  /**
   * The signature was looked at, as it must be before a body is read; the operation was not called.
   */
  private void refusedAsSerialization(RawAwsClient.Answer answer) {
    assertThat(desk.received)
        .extracting(AwsDesk.Received::rpc)
        .containsExactly("ExchangeSignature");
    desk.received.clear();
    refused(answer, 400, "SerializationException");
  }

  private void refused(RawAwsClient.Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo(type);
    assertThat(answer.header("x-amzn-RequestId")).hasSize(36);
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(answer.body())
        .startsWith("{\"__type\":\"" + type + "\",\"message\":\"")
        .doesNotContain("dev.trackerd", "com.", "java");
    assertThat(desk.received).isEmpty();
  }
}
