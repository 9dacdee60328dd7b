package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.gateway.wire.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * HTTP/2 without TLS: by upgrade as the JDK's client does it, by prior knowledge as most others.
 */
class Http2IT {

  private static final String NOTE = "{\"text\":\"hello\"}";

  // What a connection begins with (RFC 9113, 3.4), and an empty SETTINGS frame.
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClientAgent client =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false));
  private DeskGateway gateway;

  @BeforeEach
  void open() throws Exception {
    gateway = DeskGateway.open();
  }

  @AfterEach
  void close() {
    client.close().await();
    vertx.close().await();
    gateway.close();
  }

  @Test
  void upgrade_isServed() throws Exception {
    HttpClient upgrading = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    for (String id : List.of("first", "second")) {
      HttpRequest request = gateway.request("/v1/notes/" + id).build();
      HttpResponse<String> answer = upgrading.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.body()).startsWith("{\"id\":\"" + id + "\",");
    }
  }

  @Test
  void upgradeWithABody_isServed() throws Exception {
    HttpClient upgrading = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest request =
        gateway.request("/v1/notes").POST(HttpRequest.BodyPublishers.ofString(NOTE)).build();
    HttpResponse<String> answer = upgrading.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.body()).isEqualTo("{\"id\":\"\",\"text\":\"hello\"}");
  }

  @Test
  void upgradeWithALargeBody_isServed() throws Exception {
    HttpClient upgrading = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    String text = "x".repeat(100_000);
    HttpRequest.BodyPublisher note =
        HttpRequest.BodyPublishers.ofString("{\"text\":\"" + text + "\"}");
    for (boolean expectContinue : new boolean[] {false, true}) {
      HttpRequest request =
          gateway.request("/v1/notes").expectContinue(expectContinue).POST(note).build();
      HttpResponse<String> answer = upgrading.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).hasSize(100_000 + "{\"id\":\"\",\"text\":\"\"}".length());
    }
  }

  @Test
  void upgradeByOneWhoWaitsToContinue_isPassedOver() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(
          "POST /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\nExpect: 100-continue\r\n"
              + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: \r\n"
              + "Content-Length: 16\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 100 ");
      assertThat(connection.send(NOTE).readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void priorKnowledge_isServed() throws Exception {
    HttpClientRequest request = request(HttpMethod.POST, "/v1/notes");
    HttpClientResponse answer = await(request.send(Buffer.buffer(NOTE)));
    assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader("x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void prefaceByteByByte_isServed() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      for (char next : PREFACE.toCharArray()) {
        connection.send(String.valueOf(next));
      }
      // The answer begins with a SETTINGS frame as well.
      assertThat(connection.readBytes(4)).endsWith("\4");
    }
  }

  @Test
  void floodOfResets_endsTheConnection() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(PREFACE);
      for (int i = 0; i < 1_000; i++) {
        // HEADERS of GET /, authority "a" (RFC 7541, appendix A), then RST_STREAM: CANCEL.
        String stream = "\0\0" + (char) (i >> 7) + (char) ((2 * i + 1) & 0xff);
        connection.trySend("\0\0\6\1\5" + stream + "\u0082\u0086\u0084\1\1a");
        connection.trySend("\0\0\4\3\0" + stream + "\0\0\0\10");
      }
      // A GOAWAY frame ends in its code, ENHANCE_YOUR_CALM (RFC 9113, 7), and a text.
      assertThat(connection.readToEnd()).contains("\0\0\0\13Maximum number of RST frames");
    }
    assertThat(await(request(HttpMethod.GET, "/v1/notes/7").send()).statusCode()).isEqualTo(200);
  }

  @Test
  void streams_areServedSideBySide() throws Exception {
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      int id = i;
      answers.add(
          client
              .request(HttpMethod.GET, gateway.listener.port(), "127.0.0.1", "/v1/notes/" + id)
              .compose(request -> request.putHeader("authorization", "t").send())
              .compose(HttpClientResponse::body)
              .map(Buffer::toString));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(await(answers.get(i))).startsWith("{\"id\":\"" + i + "\",");
    }
  }

  @Test
  void errors_haveTheOneShape() throws Exception {
    HttpClientRequest request = request(HttpMethod.POST, "/v1/notes");
    Future<HttpClientResponse> tooLong = request.response();
    // Asked for before the request is sent: the answer does not wait for the end of that.
    Future<Buffer> body = tooLong.compose(HttpClientResponse::body);
    request.send(Buffer.buffer(" ".repeat(1_048_577)));
    assertThat(await(body).toString()).contains("BODY_TOO_LARGE");
    assertThat(tooLong.result().statusCode()).isEqualTo(413);
    HttpClientRequest bad = request(HttpMethod.GET, "*");
    assertThat(await(bad.send()).statusCode()).isEqualTo(400);
  }

  @Test
  void reset_cancelsTheCall() throws Exception {
    HttpClientRequest request = request(HttpMethod.GET, "/v1/notes/wait");
    Future<HttpClientResponse> answer = request.send();
    gateway.desk.arrival();
    request.reset();
    gateway.desk.cancelled.get(5, TimeUnit.SECONDS);
    assertThatThrownBy(() -> await(answer)).hasCauseInstanceOf(StreamResetException.class);
  }

  @Test
  void bigPages_areJoined() throws Exception {
    gateway.desk.pageCount = 5;
    gateway.desk.pageText = "x".repeat(500_000);
    Buffer body = body(request(HttpMethod.GET, "/v1/notes").send());
    assertThat(body.length()).isGreaterThan(2_500_000);
    assertThat(body.getString(body.length() - 4, body.length())).isEqualTo("\"}]}");
  }

  @Test
  void failureOfALaterPage_resetsTheStreamOnly() throws Exception {
    gateway.desk.pageCount = 3;
    gateway.desk.failingPage = 2;
    HttpClientResponse answer = await(request(HttpMethod.GET, "/v1/notes").send());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> await(answer.body())).hasCauseInstanceOf(StreamResetException.class);
    assertThat(await(request(HttpMethod.GET, "/v1/notes/7").send()).statusCode()).isEqualTo(200);
  }

  @Test
  void streamThatIsNotRead_isReset() throws Exception {
    gateway.close();
    gateway = DeskGateway.open(Limits.standard().withStall(Duration.ofMillis(300)));
    gateway.desk.pageText = "x".repeat(1_000_000);
    for (int pages : new int[] {1, Integer.MAX_VALUE}) {
      gateway.desk.pageCount = pages;
      HttpClientRequest request = request(HttpMethod.GET, "/v1/notes");
      CompletableFuture<Throwable> reset = new CompletableFuture<>();
      HttpClientResponse answer =
          await(
              request.send().onSuccess(paused -> paused.pause().exceptionHandler(reset::complete)));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(reset.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
    }
  }

  private HttpClientRequest request(HttpMethod method, String path) throws Exception {
    Future<HttpClientRequest> request =
        client.request(method, gateway.listener.port(), "127.0.0.1", path);
    return await(request).putHeader("authorization", "Bearer t");
  }

  private static Buffer body(Future<HttpClientResponse> answer) throws Exception {
    // Asked for by the thread that brings the answer: what comes before that is lost.
    return await(answer.compose(HttpClientResponse::body));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
  }
}
