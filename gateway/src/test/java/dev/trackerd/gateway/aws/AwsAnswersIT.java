package dev.trackerd.gateway.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.CreateEventTrackerResponse;
import dev.trackerd.v1.DeleteEventTrackerRequest;
import dev.trackerd.v1.DescribeEventTrackerResponse;
import dev.trackerd.v1.EventTracker;
import dev.trackerd.v1.EventTrackerSummary;
import dev.trackerd.v1.ListEventTrackersRequest;
import dev.trackerd.v1.ListEventTrackersResponse;
import dev.trackerd.v1.Tag;
import java.io.IOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What succeeds, over real sockets. */
final class AwsAnswersIT {

  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

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

  @Test
  void delete_answersWithNoBytes() throws IOException {
    RawAwsClient.Answer answer =
        wire.post("AmazonPersonalize.DeleteEventTracker", "{\"eventTrackerArn\":\"arn:x\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Content-Length")).isEqualTo("0");
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(answer.header("x-amzn-RequestId")).matches(UUID);
    assertThat(answer.header("x-amzn-ErrorType")).isNull();
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    ZonedDateTime date =
        ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME);
    assertThat(date.toInstant()).isBetween(Instant.now().minusSeconds(5), Instant.now());
    assertThat(desk.received.get(1).request())
        .isEqualTo(DeleteEventTrackerRequest.newBuilder().setEventTrackerArn("arn:x").build());
  }

  @Test
  void describe_writesTimesAsPlainDecimals() throws IOException {
    desk.reply =
        DescribeEventTrackerResponse.newBuilder()
            .setEventTracker(
                EventTracker.newBuilder()
                    .setName("n\u00e9\u20ac\ud83d\ude00")
                    .setStatus("CREATE PENDING")
                    .setCreationDateTime(1795167003.806)
                    .setLastUpdatedDateTime(1800000000))
            .build();

    RawAwsClient.Answer answer = wire.post("AmazonPersonalize.DescribeEventTracker", "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"eventTracker\":{\"name\":\"n\u00e9\u20ac\ud83d\ude00\",\"eventTrackerArn\":\"\","
                + "\"accountId\":\"\",\"trackingId\":\"\",\"datasetGroupArn\":\"\","
                + "\"status\":\"CREATE PENDING\",\"creationDateTime\":1795167003.806,"
                + "\"lastUpdatedDateTime\":1800000000}}");
    assertThat(answer.header("Content-Length"))
        .isEqualTo(Integer.toString(answer.body().getBytes(UTF_8).length));
  }

  @Test
  void list_showsAnEmptyListAndNoToken() throws IOException {
    desk.reply = ListEventTrackersResponse.getDefaultInstance();

    assertThat(wire.post("AmazonPersonalize.ListEventTrackers", "{}").body())
        .isEqualTo("{\"eventTrackers\":[]}");
  }

  @Test
  void list_showsItemsAndToken() throws IOException {
    desk.reply =
        ListEventTrackersResponse.newBuilder()
            .addEventTrackers(EventTrackerSummary.newBuilder().setName("a"))
            .setNextToken("next")
            .build();

    assertThat(wire.post("AmazonPersonalize.ListEventTrackers", "{\"maxResults\":1}").body())
        .isEqualTo(
            "{\"eventTrackers\":[{\"name\":\"a\",\"eventTrackerArn\":\"\",\"status\":\"\","
                + "\"creationDateTime\":0,\"lastUpdatedDateTime\":0}],\"nextToken\":\"next\"}");
  }

  @Test
  void create_readsNestedMembers() throws IOException {
    desk.reply =
        CreateEventTrackerResponse.newBuilder().setEventTrackerArn("a").setTrackingId("t").build();

    RawAwsClient.Answer answer =
        wire.post(
            "AmazonPersonalize.CreateEventTracker",
            "{\"tags\":[{\"tagKey\":\"k\",\"tagValue\":\"\"}],\"datasetGroupArn\":\"g\",\"name\":\"n\"}");

    assertThat(answer.body()).isEqualTo("{\"eventTrackerArn\":\"a\",\"trackingId\":\"t\"}");
    assertThat(desk.received.get(1).request())
        .isEqualTo(
            CreateEventTrackerRequest.newBuilder()
                .setName("n")
                .setDatasetGroupArn("g")
                .addTags(Tag.newBuilder().setTagKey("k").setTagValue(""))
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        " {} ",
        "{\"eventTrackerArn\":null}",
        "{\"other\":{\"a\":[1,null]},\"EventTrackerArn\":\"x\",\"event_tracker_arn\":\"x\"}"
      })
  void body_withoutKnownMembers_isEmptyRequest(String body) throws IOException {
    RawAwsClient.Answer answer = wire.post("AmazonPersonalize.DeleteEventTracker", body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(desk.received.get(1).request())
        .isEqualTo(DeleteEventTrackerRequest.getDefaultInstance());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5.0", "5e0", "0.5E1"})
  void number_mayHaveAFractionOfZero(String number) throws IOException {
    desk.reply = ListEventTrackersResponse.getDefaultInstance();
    wire.post("AmazonPersonalize.ListEventTrackers", "{\"maxResults\":" + number + "}");

    assertThat(desk.received.get(1).request())
        .isEqualTo(ListEventTrackersRequest.newBuilder().setMaxResults(5).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Application/X-Amz-Json-1.1",
        "application/x-amz-json-1.1; charset=utf-8",
        "application/x-amz-json-1.1 ;x=y"
      })
  void contentType_parametersAndCaseDoNotCount(String type) throws IOException {
    RawAwsClient.Answer answer =
        wire.send("POST / HTTP/1.1", List.of(RawAwsClient.TARGET, "Content-Type: " + type), "{}");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void extrasOfClients_areTolerated() throws IOException {
    RawAwsClient.Answer answer =
        wire.send(
            "POST /?x=y&X-Amz-Expires=1 HTTP/1.1",
            List.of(
                RawAwsClient.TARGET,
                RawAwsClient.TYPE,
                "amz-sdk-invocation-id: 1",
                "amz-sdk-request: attempt=1; max=3",
                "x-amz-user-agent: aws-sdk-js/3",
                "Accept-Encoding: identity",
                "x-amzn-trace-id: Root=1",
                "x-request-id: mine"),
            "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("x-amzn-RequestId")).matches(UUID);
    assertThat(answer.header("Content-Encoding")).isNull();
  }

  @Test
  void chunkedBody_isRead() throws IOException {
    byte[] chunks = "7\r\n{\"event\r\n14\r\nTrackerArn\":\"arn:c\"}\r\n0\r\n\r\n".getBytes(UTF_8);
    RawAwsClient.Answer answer =
        wire.raw(
            "POST / HTTP/1.1",
            List.of(RawAwsClient.TARGET, RawAwsClient.TYPE, "Transfer-Encoding: chunked"),
            chunks);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(desk.received.get(1).request())
        .isEqualTo(DeleteEventTrackerRequest.newBuilder().setEventTrackerArn("arn:c").build());
  }
}
