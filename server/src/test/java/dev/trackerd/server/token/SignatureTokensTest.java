package dev.trackerd.server.token;

import static dev.trackerd.server.event.EventTrackerFixture.refusal;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.auth.SignedRequest;
import dev.trackerd.server.auth.SignedRequests;
import dev.trackerd.server.event.EventTrackerFixture;
import dev.trackerd.server.event.EventTrackerFixture.Refusal;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.v1.DeleteEventTrackerRequest;
import dev.trackerd.v1.DeleteRequest;
import dev.trackerd.v1.DescribeEventTrackerRequest;
import dev.trackerd.v1.ExchangeSignatureRequest;
import dev.trackerd.v1.ExchangeSignatureResponse;
import dev.trackerd.v1.ListEventTrackersRequest;
import dev.trackerd.v1.SignedHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures for tokens, and what such a token opens. */
class SignatureTokensTest {
  private static final String DELETE = "tracker.v1.TrackerService/DeleteEventTracker";
  private static final Refusal TOKEN_INVALID =
      new Refusal(UNAUTHENTICATED, "TOKEN_INVALID", "Token validation failed for provided token.");

  @TempDir Path directory;
  private EventTrackerFixture server;

  @BeforeEach
  void start() {
    server = new EventTrackerFixture(directory, EventTrackerRules.NONE);
    server.time.set(Instant.parse("2026-11-20T09:30:03Z"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void exchange_answersWithATokenForTheOneRpc() {
    ExchangeSignatureResponse answer = exchange(DELETE, SignedRequests.fromAwsCli());
    assertThat(answer.getExpiresIn()).isEqualTo(60);
    // The call gets as far as the store: the token was good, and for the key's account.
    String arn = "arn:aws:personalize:us-east-1:000000000000:event-tracker/abc12345";
    assertThat(refusal(() -> delete(answer.getAccessToken(), arn)).reason())
        .isEqualTo("RESOURCE_NOT_FOUND");
  }

  @Test
  void exchange_answersWithATokenForNoOtherRpc() {
    String token = exchange(DELETE, SignedRequests.fromAwsCli()).getAccessToken();
    var stub = server.trackersBy(token);
    assertThat(
            refusal(
                () -> stub.describeEventTracker(DescribeEventTrackerRequest.getDefaultInstance())))
        .isEqualTo(TOKEN_INVALID);
    assertThat(refusal(() -> stub.listEventTrackers(ListEventTrackersRequest.getDefaultInstance())))
        .isEqualTo(TOKEN_INVALID);
    assertThat(refusal(() -> stub.delete(DeleteRequest.getDefaultInstance())))
        .isEqualTo(TOKEN_INVALID);
  }

  @Test
  void exchange_answersWithATokenForOneMinute() {
    String token = exchange(DELETE, SignedRequests.fromAwsCli()).getAccessToken();
    server.time.pass(Duration.ofSeconds(59));
    assertThat(refusal(() -> delete(token, "x")).reason()).isEqualTo("FIELD_INVALID");
    server.time.pass(Duration.ofSeconds(1));
    assertThat(refusal(() -> delete(token, "x"))).isEqualTo(TOKEN_INVALID);
  }

  @Test
  void aToken_endsWithItsKey() {
    String token = exchange(DELETE, SignedRequests.fromAwsCli()).getAccessToken();
    server.keys.revoke(SignedRequests.KEY_ID);
    assertThat(refusal(() -> delete(token, "x"))).isEqualTo(TOKEN_INVALID);
    assertThat(refusal(() -> exchange(DELETE, SignedRequests.fromAwsCli())))
        .isEqualTo(
            new Refusal(
                UNAUTHENTICATED,
                "UNRECOGNIZED_CLIENT",
                "The security token included in the request is invalid."));
  }

  @Test
  void anAlteredToken_isRefused() {
    String token = exchange(DELETE, SignedRequests.fromAwsCli()).getAccessToken();
    String[] parts = token.split("\\.");
    String other = parts[0] + "." + parts[1] + "." + parts[2].substring(1) + "A";
    assertThat(refusal(() -> delete(other, "x"))).isEqualTo(TOKEN_INVALID);
    assertThat(refusal(() -> delete(parts[0] + ".", "x"))).isEqualTo(TOKEN_INVALID);
  }

  @Test
  void exchange_tellsWhyItRefuses() {
    SignedRequest good = SignedRequests.fromAwsCli();
    assertThat(refusal(() -> exchange(DELETE, SignedRequests.without(good, "Authorization"))))
        .isEqualTo(
            new Refusal(
                UNAUTHENTICATED, "MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token"));
    assertThat(
            refusal(
                    () ->
                        exchange(
                            DELETE,
                            SignedRequests.with(good, "Authorization", "AWS4-HMAC-SHA256 a=b")))
                .reason())
        .isEqualTo("INCOMPLETE_SIGNATURE");
    Refusal mismatch =
        refusal(
            () ->
                exchange(
                    "tracker.v1.TrackerService/DescribeEventTracker",
                    SignedRequests.with(
                        good, "X-Amz-Target", "AmazonPersonalize.DescribeEventTracker")));
    assertThat(mismatch)
        .isEqualTo(
            new Refusal(
                UNAUTHENTICATED,
                "INVALID_SIGNATURE",
                "The request signature we calculated does not match the signature you provided."
                    + " Check your AWS Secret Access Key and signing method. Consult the service"
                    + " documentation for details."));
    server.time.pass(Duration.ofMinutes(15).plusSeconds(1));
    assertThat(refusal(() -> exchange(DELETE, good)).message())
        .isEqualTo(
            "Signature expired: 20261120T093003Z is now earlier than 20261120T093004Z"
                + " (20261120T094504Z - 15 min.)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tracker.v1.TrackerService/CreateEventTracker",
        "tracker.v1.TrackerService/Delete",
        "tracker.v1.TrackerService/EventTracker",
        "tracker.v1.TrackerService/deleteEventTracker"
      })
  void exchange_refusesAnRpcThatWasNotSigned(String rpc) {
    assertThat(refusal(() -> exchange(rpc, SignedRequests.fromAwsCli())))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT,
                "FIELD_INVALID",
                "rpc: expected: the method that X-Amz-Target names"));
  }

  @Test
  void exchange_refusesTwoTargets() {
    SignedRequest one =
        SignedRequests.with(
            SignedRequests.fromAwsCli(),
            "X-Amz-Target",
            "AmazonPersonalize.ListEventTrackers,AmazonPersonalize.DeleteEventTracker");
    SignedRequest signed = SignedRequests.sign(one, "host;x-amz-date;x-amz-target");
    ExchangeSignatureRequest.Builder request = message(DELETE, signed);
    for (int i = 0; i < request.getHeadersCount(); i++) {
      if (request.getHeaders(i).getName().equals("X-Amz-Target")) {
        request.setHeaders(i, header("X-Amz-Target", "AmazonPersonalize.ListEventTrackers"));
        request.addHeaders(i + 1, header("X-Amz-Target", "AmazonPersonalize.DeleteEventTracker"));
        break;
      }
    }
    assertThat(refusal(() -> server.tokens().exchangeSignature(request.build())))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT,
                "FIELD_INVALID",
                "rpc: expected: the method that X-Amz-Target names"));
  }

  @Test
  void exchange_namesTheFieldThatCantBe() {
    var good = message(DELETE, SignedRequests.fromAwsCli());
    for (String rpc : new String[] {"", "Delete", "a/b/c", "x".repeat(201) + "/y", "a /b"}) {
      assertThat(refusal(() -> server.tokens().exchangeSignature(good.clone().setRpc(rpc).build())))
          .isEqualTo(
              new Refusal(
                  INVALID_ARGUMENT,
                  "FIELD_INVALID",
                  "rpc: expected: a method such as tracker.v1.Service/Method"));
    }
    assertThat(
            refusal(
                    () ->
                        server
                            .tokens()
                            .exchangeSignature(good.clone().setPayloadSha256("x").build()))
                .message())
        .startsWith("body SHA-256");
  }

  private ExchangeSignatureResponse exchange(String rpc, SignedRequest request) {
    return server.tokens().exchangeSignature(message(rpc, request).build());
  }

  private Object delete(String token, String arn) {
    return server
        .trackersBy(token)
        .deleteEventTracker(DeleteEventTrackerRequest.newBuilder().setEventTrackerArn(arn).build());
  }

  private static ExchangeSignatureRequest.Builder message(String rpc, SignedRequest request) {
    var message =
        ExchangeSignatureRequest.newBuilder()
            .setRpc(rpc)
            .setMethod(request.method())
            .setPath(request.path())
            .setQuery(request.query())
            .setPayloadSha256(request.bodySha256());
    request.headers().forEach(h -> message.addHeaders(header(h.name(), h.value())));
    return message;
  }

  private static SignedHeader header(String name, String value) {
    return SignedHeader.newBuilder().setName(name).setValue(value).build();
  }
}
