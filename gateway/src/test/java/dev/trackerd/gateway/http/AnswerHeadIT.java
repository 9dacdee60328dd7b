package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers carry besides their bodies. */
class AnswerHeadIT {

  private static DeskGateway gateway;
  private static DeskGateway withCors;

  @BeforeAll
  static void open() throws Exception {
    gateway = DeskGateway.open();
    withCors = DeskGateway.openWithCors();
  }

  @AfterAll
  static void close() {
    gateway.close();
    withCors.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/notes/7", "/v1/notes", "/v1/nothing", "/healthz", "/v1/notes/busy"})
  void everyAnswer_hasTheCommonHeaders(String path) throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request(path));
    assertThat(answer.headers().allValues("content-type"))
        .containsExactly("application/json; charset=utf-8");
    assertThat(answer.headers().allValues("x-content-type-options")).containsExactly("nosniff");
    assertThat(answer.headers().allValues("cache-control")).containsExactly("no-store");
    assertThat(answer.headers().allValues("x-request-id")).hasSize(1);
    assertThat(answer.headers().firstValue("server")).isEmpty();
    String date = answer.headers().firstValue("date").orElseThrow();
    Instant told = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    assertThat(Duration.between(told, Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void malformedRequest_hasTheCommonHeaders() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      String answer = connection.send("nonsense\r\n\r\n").readToEnd();
      assertThat(answer)
          .startsWith("HTTP/1.1 400 ")
          .containsIgnoringCase("\r\nconnection: close\r\n")
          .contains("\r\nx-content-type-options: nosniff\r\n", "\r\nx-request-id: ");
    }
  }

  @Test
  void requestId_goesThroughAndComesBack() throws Exception {
    HttpRequest.Builder request = gateway.request("/v1/notes/7").header("X-Request-Id", "my-1");
    gateway.desk.arrivals.clear();
    HttpResponse<String> answer = gateway.send(request);
    assertThat(answer.headers().allValues("x-request-id")).containsExactly("my-1");
    assertThat(gateway.desk.arrival().header("x-request-id")).isEqualTo("my-1");
  }

  @Test
  void insaneRequestId_isReplaced() throws Exception {
    String id = "i".repeat(129);
    HttpRequest.Builder request = gateway.request("/v1/notes/7").header("X-Request-Id", id);
    gateway.desk.arrivals.clear();
    HttpResponse<String> answer = gateway.send(request);
    String made = answer.headers().firstValue("x-request-id").orElseThrow();
    assertThat(made).matches("[0-9a-f]{32}");
    assertThat(gateway.desk.arrival().header("x-request-id")).isEqualTo(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/notes/7", "/v1/notes/busy", "/v1/nothing", "/healthz", "/readyz"})
  void head_isGetWithoutABody(String path) throws Exception {
    HttpResponse<String> get = gateway.send(gateway.request(path));
    HttpResponse<String> head =
        gateway.send(gateway.request(path).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("content-length"))
        .isEqualTo(get.headers().firstValue("content-length"))
        .hasValue(Integer.toString(get.body().length()));
    assertThat(head.headers().allValues("content-type"))
        .isEqualTo(get.headers().allValues("content-type"));
  }

  @Test
  void options_tellsTheMethods() throws Exception {
    HttpResponse<String> answer = gateway.send(options(gateway, "/v1/notes"));
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().allValues("allow")).containsExactly("GET, HEAD, OPTIONS, POST");
    assertThat(answer.headers().firstValue("access-control-allow-methods")).isEmpty();
    assertThat(gateway.send(options(gateway, "/healthz")).headers().allValues("allow"))
        .containsExactly("GET, HEAD, OPTIONS");
    assertThat(gateway.send(options(gateway, "/v1/nothing")).statusCode()).isEqualTo(404);
  }

  @Test
  void cors_isOffByDefault() throws Exception {
    HttpResponse<String> answer =
        gateway.send(gateway.request("/healthz").header("Origin", DeskGateway.ORIGIN));
    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(answer.headers().firstValue("vary")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/notes/7", "/v1/nothing", "/v1/notes/busy", "/healthz"})
  void cors_namesTheOriginOnEveryAnswer(String path) throws Exception {
    HttpResponse<String> answer =
        withCors.send(withCors.request(path).header("Origin", DeskGateway.ORIGIN));
    assertThat(answer.headers().allValues("access-control-allow-origin"))
        .containsExactly(DeskGateway.ORIGIN);
    assertThat(answer.headers().allValues("vary")).contains("Origin");
    assertThat(answer.headers().allValues("access-control-expose-headers"))
        .containsExactly(
            "idempotent-replayed,retry-after,x-request-id,x-amzn-requestid,x-amzn-errortype,date");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "https://APP.example", "https://app.example:443", "null"})
  void cors_namesNoOtherOrigin(String origin) throws Exception {
    HttpResponse<String> answer =
        withCors.send(withCors.request("/v1/notes/7").header("Origin", origin));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(answer.headers().allValues("vary")).contains("Origin");
  }

  @Test
  void preflight_needsNoCredential() throws Exception {
    HttpRequest.Builder request =
        options(withCors, "/v1/notes")
            .header("Origin", DeskGateway.ORIGIN)
            .header("Access-Control-Request-Method", "POST");
    HttpResponse<String> answer = withCors.send(request);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().allValues("access-control-allow-origin"))
        .containsExactly(DeskGateway.ORIGIN);
    assertThat(answer.headers().allValues("access-control-allow-methods"))
        .containsExactly("GET,POST,PUT,PATCH,DELETE,OPTIONS");
    assertThat(answer.headers().allValues("access-control-allow-headers"))
        .containsExactly("authorization,content-type,idempotency-key,x-api-key");
    assertThat(answer.headers().allValues("access-control-max-age")).containsExactly("7200");
  }

  @Test
  void gzip_isSentWhenAskedFor() throws Exception {
    String id = "7".repeat(1_000);
    HttpResponse<byte[]> answer = zipped(id);
    assertThat(answer.headers().allValues("content-encoding")).containsExactly("gzip");
    assertThat(answer.headers().allValues("vary")).containsExactly("Accept-Encoding");
    assertThat(answer.headers().allValues("content-length"))
        .containsExactly(Integer.toString(answer.body().length));
    try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(body.readAllBytes()).asString().isEqualTo(note(id));
    }
  }

  @Test
  void gzip_isLeftOutUnderOneKiB() throws Exception {
    String least = "7".repeat((1_024 - note("").length()) / 2);
    assertThat(zipped(least + "7").headers().allValues("content-encoding")).containsExactly("gzip");
    HttpResponse<byte[]> shorter = zipped(least.substring(1));
    assertThat(shorter.headers().firstValue("content-encoding")).isEmpty();
    assertThat(shorter.headers().allValues("vary")).containsExactly("Accept-Encoding");
    assertThat(shorter.body()).asString().isEqualTo(note(least.substring(1)));
  }

  private HttpResponse<byte[]> zipped(String id) throws Exception {
    HttpRequest request =
        gateway.request("/v1/notes/" + id).header("Accept-Encoding", "gzip").build();
    return gateway.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String note(String id) {
    return "{\"id\":\"" + id + "\",\"text\":\"text of " + id + "\"}";
  }

  @Test
  void gzip_isNotUsedOnSecrets() throws Exception {
    HttpRequest.Builder request =
        gateway
            .anonymous("/desk:open")
            .header("Accept-Encoding", "gzip")
            .POST(BodyPublishers.ofString("{\"word\":\"w\"}"));
    HttpResponse<String> answer = gateway.send(request);
    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    assertThat(answer.body()).contains("ssss");
  }

  private static HttpRequest.Builder options(DeskGateway gateway, String path) {
    return gateway.anonymous(path).method("OPTIONS", BodyPublishers.noBody());
  }
}
