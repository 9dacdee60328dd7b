package dev.trackerd.gateway.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.v1.ExchangeSignatureRequest;
import io.grpc.Metadata;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service is told of a signed request, over real sockets. */
final class SignatureExchangeIT {

  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> REQUEST_ID = key("x-request-id");

  private AwsDesk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new AwsDesk();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void everythingThatIsSigned_isHandedOverAsReceived() throws Exception {
    String body = "{ \"eventTrackerArn\" : \"\u00e4\" }";
    desk.wire()
        .send(
            "POST /?b=%7e+x&a&X-Amz-Algorithm=AWS4-HMAC-SHA256 HTTP/1.1",
            List.of(
                RawAwsClient.TARGET,
                RawAwsClient.TYPE,
                "authorization: AWS4-HMAC-SHA256 Credential=AK/1, Signature=2",
                "X-My: one",
                "x-other:",
                "X-MY:  two  words ",
                "Authorization: Bearer no",
                "x-latin: \u00e9\u00ff"),
            body);

    ExchangeSignatureRequest exchanged = desk.exchanged();
    assertThat(exchanged.getRpc()).isEqualTo("tracker.v1.TrackerService/DeleteEventTracker");
    assertThat(exchanged.getMethod()).isEqualTo("POST");
    assertThat(exchanged.getPath()).isEqualTo("/");
    assertThat(exchanged.getQuery()).isEqualTo("b=%7e+x&a&X-Amz-Algorithm=AWS4-HMAC-SHA256");
    assertThat(exchanged.getPayloadSha256())
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8))));
    assertThat(headers(exchanged))
        .containsExactly(
            "Host=here:" + desk.port(),
            "X-Amz-Target=AmazonPersonalize.DeleteEventTracker",
            "Content-Type=application/x-amz-json-1.1",
            "authorization=AWS4-HMAC-SHA256 Credential=AK/1, Signature=2",
            "X-My=one",
            "x-other=",
            "X-MY=two  words",
            "Authorization=Bearer no",
            "x-latin=\u00e9\u00ff",
            "Content-Length=28");
  }

  @Test
  void token_isTheOnlyCredentialOfTheCall() throws IOException {
    RawAwsClient.Answer answer =
        desk.wire()
            .send(
                "POST / HTTP/1.1",
                List.of(
                    RawAwsClient.TARGET,
                    RawAwsClient.TYPE,
                    "Authorization: Bearer mine",
                    "x-api-key: mine"),
                "{}");

    assertThat(desk.received)
        .extracting(AwsDesk.Received::rpc)
        .containsExactly("ExchangeSignature", "DeleteEventTracker");
    Metadata first = desk.received.get(0).metadata();
    Metadata second = desk.received.get(1).metadata();
    assertThat(first.get(AUTHORIZATION)).isNull();
    assertThat(second.getAll(AUTHORIZATION)).containsExactly("Bearer t.o.k");
    assertThat(second.get(key("x-api-key"))).isNull();
    String id = answer.header("x-amzn-RequestId");
    assertThat(List.of(first.get(REQUEST_ID), second.get(REQUEST_ID))).containsOnly(id);
    assertThat(answer.header("x-request-id")).isEqualTo(id);
  }

  @Test
  void authorityOfHttp2_isTheHost() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + desk.port() + "/"))
            .version(HttpClient.Version.HTTP_2)
            .header("X-Amz-Target", "AmazonPersonalize.DeleteEventTracker")
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    // The first one is upgraded from HTTP/1.1; the second one has no Host.
    client.send(request, HttpResponse.BodyHandlers.ofString());
    desk.received.clear();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-amz-json-1.1");
    assertThat(headers(desk.exchanged())).contains("host=localhost:" + desk.port());
    assertThat(headers(desk.exchanged())).filteredOn(h -> h.startsWith(":")).isEmpty();
  }

  private static List<String> headers(ExchangeSignatureRequest exchanged) {
    return exchanged.getHeadersList().stream().map(h -> h.getName() + "=" + h.getValue()).toList();
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
