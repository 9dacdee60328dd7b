package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of AWS' protocol that their signature does not cover, against the whole program. */
class AwsSignatureIT {
  private static final String INVALID = "InvalidSignatureException";
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided\\. .*";
  private static final Duration LATE = Duration.ofMinutes(16);

  @TempDir static Path directory;
  private static RunningServer server;
  private static String arn;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
    JsonObject group = ok("CreateDatasetGroup", "{\"name\":\"group\"}");
    String groupArn = group.get("datasetGroupArn").getAsString();
    JsonObject tracker =
        ok("CreateEventTracker", "{\"name\":\"a\",\"datasetGroupArn\":\"" + groupArn + "\"}");
    arn = tracker.get("eventTrackerArn").getAsString();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row("wrong secret", INVALID, MISMATCH, r -> r.key("app1", "secret2").sign()),
        row(
            "unknown key",
            "UnrecognizedClientException",
            "The security token included in the request is invalid\\.",
            r -> r.key("app3", "secret1").sign()),
        row("altered body", INVALID, MISMATCH, r -> r.body("{}").sign().body(delete())),
        row(
            "altered body and hash",
            INVALID,
            MISMATCH,
            r -> r.body("{}").sign().body(delete()).without("x-amz-content-sha256")),
        row(
            "altered target",
            INVALID,
            MISMATCH,
            r -> target(target(r, "DescribeEventTracker").sign(), "DeleteEventTracker")),
        row("altered query", INVALID, MISMATCH, r -> r.sign().query("a=b")),
        row(
            "altered date",
            INVALID,
            ".+",
            r -> r.clock(Duration.ofDays(-1)).sign().header("X-Amz-Date", "20200101T000000Z")),
        row(
            "unsigned target",
            INVALID,
            ".+",
            r -> target(r.without("X-Amz-Target").sign(), "DeleteEventTracker")),
        row(
            "expired",
            INVALID,
            "Signature expired: \\d{8}T\\d{6}Z is now earlier than \\d{8}T\\d{6}Z"
                + " \\(\\d{8}T\\d{6}Z - 15 min\\.\\)",
            r -> r.clock(LATE.negated()).sign()),
        row(
            "in the future",
            INVALID,
            "Signature not yet current: \\d{8}T\\d{6}Z is still later than \\d{8}T\\d{6}Z"
                + " \\(\\d{8}T\\d{6}Z \\+ 15 min\\.\\)",
            r -> r.clock(LATE).sign()),
        row(
            "wrong region",
            INVALID,
            "Credential should be scoped to a valid region, not 'eu-west-1'\\. ?",
            r -> r.scope("eu-west-1", "personalize").sign()),
        row(
            "wrong service",
            INVALID,
            "Credential should be scoped to correct service: 'personalize'\\. ?",
            r -> r.scope("us-east-1", "dynamodb").sign()),
        row(
            "session token",
            "UnrecognizedClientException",
            "The security token included in the request is invalid\\.",
            r -> r.header("X-Amz-Security-Token", "x").sign()),
        row(
            "signed twice",
            INVALID,
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP"
                + " header\\.",
            r -> r.query("X-Amz-Algorithm=AWS4-HMAC-SHA256").sign()),
        row(
            "not signed",
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
            r -> r),
        row(
            "access token",
            "IncompleteSignatureException",
            ".+",
            r -> r.header("Authorization", "Bearer " + server.token())),
        row(
            "access token as key",
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
            r -> r.header("x-api-key", server.token())),
        row(
            "no parts",
            "IncompleteSignatureException",
            "Authorization header requires 'Credential' parameter\\. Authorization header requires"
                + " 'Signature' parameter\\. Authorization header requires 'SignedHeaders'"
                + " parameter\\. .*",
            r -> r.sign().header("Authorization", "AWS4-HMAC-SHA256 ")),
        row(
            "no date",
            "IncompleteSignatureException",
            ".*requires existence of either a 'X-Amz-Date' or a 'Date' header\\..*",
            r -> r.sign().without("X-Amz-Date")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusedRequest_changesNothing(
      String type, String message, UnaryOperator<AwsRequest> change) {
    AwsRequest request = new AwsRequest(server, "DeleteEventTracker", delete());

    RunningServer.Answer answer = change.apply(request).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo(type);
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(answer.header("x-amzn-RequestId")).hasSize(36);
    JsonObject error = answer.json().getAsJsonObject();
    assertThat(error.get("__type").getAsString()).isEqualTo(type);
    assertThat(error.get("message").getAsString()).matches(message);
    assertThat(status()).isEqualTo("ACTIVE");
  }

  @Test
  void clockThatIsALittleWrong_isAccepted() {
    for (int minutes : new int[] {-14, 14}) {
      AwsRequest request = new AwsRequest(server, "DescribeEventTracker", delete());

      assertThat(request.clock(Duration.ofMinutes(minutes)).sign().send().status()).isEqualTo(200);
    }
  }

  private static Arguments row(
      String name, String type, String message, UnaryOperator<AwsRequest> change) {
    return argumentSet(name, type, message, change);
  }

  private static AwsRequest target(AwsRequest request, String operation) {
    return request.header("X-Amz-Target", "AmazonPersonalize." + operation);
  }

  private static String delete() {
    return "{\"eventTrackerArn\":\"" + arn + "\"}";
  }

  private static String status() {
    JsonObject shown = ok("DescribeEventTracker", delete());
    return shown.getAsJsonObject("eventTracker").get("status").getAsString();
  }

  private static JsonObject ok(String operation, String body) {
    RunningServer.Answer answer = new AwsRequest(server, operation, body).sign().send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getAsJsonObject();
  }
}
