package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a request, and which of several faults is told. */
class PipelineIT {

  private static final BodyPublisher NOTE = BodyPublishers.ofString("{\"text\":\"hello\"}");
  private static final BodyPublisher LONG = BodyPublishers.ofString(" ".repeat(1_048_577));

  private static DeskGateway gateway;

  @BeforeAll
  static void open() throws Exception {
    gateway = DeskGateway.open();
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void get_answersTheMessage() throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes/7"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"id\":\"7\",\"text\":\"text of 7\"}");
  }

  @Test
  void post_sendsTheBody() throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes").POST(NOTE));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"id\":\"\",\"text\":\"hello\"}");
  }

  @Test
  void delete_sendsThePath() throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes/7").DELETE());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void publicMethod_needsNoCredential() throws Exception {
    BodyPublisher body = BodyPublishers.ofString("{\"word\":\"please\"}");
    HttpResponse<String> answer = gateway.send(gateway.anonymous("/desk:open").POST(body));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"secret\":\"" + "s".repeat(1_000) + "\"}");
  }

  @Test
  void apiKey_isACredential() throws Exception {
    HttpRequest.Builder request = gateway.anonymous("/v1/notes/7").header("x-api-key", "k");
    assertThat(gateway.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void unknownPath_is404BeforeAllElse() throws Exception {
    HttpResponse<String> answer =
        gateway.send(
            gateway.anonymous("/v1/nothing").header("Content-Type", "text/plain").POST(LONG));
    assertError(answer, 404, 5, "ROUTE_NOT_FOUND");
  }

  @Test
  void unknownMethod_is405WithAllowBeforeTheCredential() throws Exception {
    HttpResponse<String> answer =
        gateway.send(gateway.anonymous("/v1/notes/7").method("BREW", LONG));
    assertError(answer, 405, 12, "METHOD_NOT_ALLOWED");
    assertThat(answer.headers().allValues("allow"))
        .containsExactly("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
  }

  @Test
  void noCredential_is401BeforeTheBody() throws Exception {
    HttpResponse<String> answer =
        gateway.send(
            gateway.anonymous("/v1/notes").header("Content-Type", "text/plain").POST(LONG));
    assertError(answer, 401, 16, "CREDENTIAL_MISSING");
    assertThat(answer.body())
        .startsWith("{\"code\":16,\"message\":\"Token validation failed for provided token.\",");
    assertThat(answer.headers().allValues("www-authenticate")).containsExactly("Bearer");
  }

  @Test
  void noCredential_isAnsweredBeforeTheBodyIsSent() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send("POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void twoAuthorizations_are401() throws Exception {
    HttpRequest.Builder request =
        gateway.request("/v1/notes/7").header("authorization", "Bearer u");
    assertError(gateway.send(request), 401, 16, "TOKEN_INVALID");
  }

  @Test
  void longBody_is413BeforeTheType() throws Exception {
    HttpResponse<String> answer =
        gateway.send(gateway.request("/v1/notes").header("Content-Type", "text/plain").POST(LONG));
    assertError(answer, 413, 8, "BODY_TOO_LARGE");
  }

  @Test
  void otherType_is415BeforeTheBodyIsRead() throws Exception {
    BodyPublisher nonsense = BodyPublishers.ofString("{");
    HttpResponse<String> answer =
        gateway.send(
            gateway.request("/v1/notes").header("Content-Type", "text/plain").POST(nonsense));
    assertError(answer, 415, 3, "CONTENT_TYPE_UNSUPPORTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "APPLICATION/JSON",
        "application/json;charset=latin1",
        "application/json ; a=b",
        "application/json-patch+json"
      })
  void jsonTypes_areTaken(String type) throws Exception {
    HttpRequest.Builder request = gateway.request("/v1/notes").header("Content-Type", type);
    assertThat(gateway.send(request.POST(NOTE)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/json",
        "application/jsonp",
        "application/x-www-form-urlencoded",
        "json",
        ";"
      })
  void otherTypes_areRefused(String type) throws Exception {
    HttpRequest.Builder request = gateway.request("/v1/notes").header("Content-Type", type);
    assertThat(gateway.send(request.POST(NOTE)).statusCode()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({"gzip, 415", "identity, 200", "IDENTITY, 200"})
  void contentEncoding_isIdentityOnly(String coding, int status) throws Exception {
    HttpRequest.Builder request = gateway.request("/v1/notes").header("Content-Encoding", coding);
    assertThat(gateway.send(request.POST(NOTE)).statusCode()).isEqualTo(status);
  }

  @Test
  void typeOfGetAndDelete_isNotLookedAt() throws Exception {
    HttpRequest.Builder get = gateway.request("/v1/notes/7").header("Content-Type", "text/plain");
    assertThat(gateway.send(get).statusCode()).isEqualTo(200);
    assertThat(gateway.send(get.DELETE()).statusCode()).isEqualTo(200);
  }

  @Test
  void nonsenseBody_is400AndNamesIt() throws Exception {
    BodyPublisher nonsense = BodyPublishers.ofString("{\"txet\":\"hello\"}");
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes").POST(nonsense));
    assertError(answer, 400, 3, "REQUEST_INVALID");
    assertThat(answer.body())
        .contains("google.rpc.BadRequest", "fieldViolations", "\"field\":\"txet\"");
  }

  @Test
  void unknownQueryKey_is400() throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes/7?color=red"));
    assertError(answer, 400, 3, "REQUEST_INVALID");
    assertThat(answer.body()).contains("\"field\":\"color\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/notes/%zz", "/v1/notes/%00", "/v1/notes/%ff"})
  void brokenPath_is400(String path) throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      String answer = connection.readAnswer();
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("REQUEST_INVALID");
    }
  }

  @Test
  void encodedSlash_staysInItsSegment() throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes/a%2Fb%20%E2%82%AC"));
    assertThat(answer.body()).startsWith("{\"id\":\"a/b €\",");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "http://127.0.0.1/v1/notes/7", "v1/notes/7", "/v1/notes/7#x"})
  void otherTargets_are400(String target) throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 400 ").contains("REQUEST_INVALID");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://desk:80, desk",
    "http://Desk, desk",
    "HTTP://desk:8080, desk:8080",
    "https://desk, desk:443",
    "http://[::1]:8080, [::1]:8080",
  })
  void absoluteTarget_ofTheSameHost_isServed(String origin, String host) throws Exception {
    try (RawConnection connection = gateway.connect()) {
      String target = origin + "/v1/notes/7";
      connection.send(
          "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: t\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ").contains("{\"id\":\"7\",");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://other/healthz, desk",
    "http://desk:81/healthz, desk",
    "http://desk@other/healthz, desk",
    "http://other@desk/healthz, desk",
    "ftp://desk/healthz, desk",
    "http:///healthz, desk",
    "desk:80, desk",
  })
  void absoluteTarget_ofAnotherHost_is400(String target, String host) throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 400 ").contains("REQUEST_INVALID");
    }
  }

  private static void assertError(
      HttpResponse<String> answer, int status, int code, String reason) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues("content-type"))
        .containsExactly("application/json; charset=utf-8");
    assertThat(answer.body())
        .startsWith("{\"code\":" + code + ",\"message\":\"")
        .contains("\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\"")
        .contains("\"reason\":\"" + reason + "\"", "\"domain\":\"trackerd.dev\"");
  }
}
