package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that no well-behaved client sends, over plain sockets to the whole program. */
class RawHttpIT {
  private static final String BODY = "{\"name\":\"n\",\"vocabulary\":[\"a\"]}";
  private static final int READ_TIMEOUT_MILLIS = 20_000;

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

  /** What is wrong, the request after its authorization, and the status it gets. */
  static Stream<Arguments> requests() {
    String length = "Content-Length: " + BODY.length() + "\r\n";
    return Stream.of(
        row(
            "broken percent-encoding in the path",
            "GET /v1/manage/tracker/%zz HTTP/1.1",
            "",
            "",
            400),
        row(
            "broken percent-encoding in the query",
            "GET /v1/manage/trackers?name=%z HTTP/1.1",
            "",
            "",
            400),
        row("dot segments", "GET /v1/manage/x/../trackers HTTP/1.1", "", "", 404),
        row(
            "20 KiB of headers",
            "GET /v1/manage/trackers HTTP/1.1",
            "X-Long: " + "x".repeat(20_480) + "\r\n",
            "",
            431),
        row(
            "Transfer-Encoding with Content-Length",
            "POST /v1/manage/tracker HTTP/1.1",
            length + "Transfer-Encoding: chunked\r\n",
            BODY,
            400),
        row(
            "an unknown transfer coding",
            "POST /v1/manage/tracker HTTP/1.1",
            "Transfer-Encoding: xchunked\r\n",
            BODY,
            400),
        row(
            "two transfer codings",
            "POST /v1/manage/tracker HTTP/1.1",
            "Transfer-Encoding: chunked, chunked\r\n",
            BODY,
            400),
        row(
            "the identity coding",
            "POST /v1/manage/tracker HTTP/1.1",
            "Transfer-Encoding: identity\r\n",
            BODY,
            400),
        row(
            "two lengths",
            "POST /v1/manage/tracker HTTP/1.1",
            length + "Content-Length: 5\r\n",
            BODY,
            400),
        row(
            "a length that is no number",
            "POST /v1/manage/tracker HTTP/1.1",
            "Content-Length: x\r\n",
            BODY,
            400),
        row(
            "a broken chunk",
            "POST /v1/manage/tracker HTTP/1.1",
            "Transfer-Encoding: chunked\r\n",
            "zz\r\n",
            400),
        row(
            "a body of invalid UTF-8",
            "POST /v1/manage/tracker HTTP/1.1",
            "Content-Length: 31\r\n",
            "{\"name\":\"\u00ff\",\"vocabulary\":[\"a\"]}",
            400),
        row(
            "a length over the limit",
            "POST /v1/manage/tracker HTTP/1.1",
            "Content-Length: 1048577\r\n",
            "",
            413),
        row(
            "a body of another type",
            "POST /v1/manage/tracker HTTP/1.1",
            length + "Content-Type: text/plain\r\n",
            BODY,
            415),
        row(
            "an encoded body",
            "POST /v1/manage/tracker HTTP/1.1",
            length + "Content-Encoding: gzip\r\n",
            BODY,
            415));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void request_isRefusedAndStoresNothing(String name, String request, int status)
      throws IOException {
    String answer = exchange(request);

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer)
        .doesNotContainIgnoringCase("exception")
        .doesNotContain("netty", "vertx", "jackson", "java.");
    server.assertEmpty();
  }

  @Test
  void body_mayHaveExactlyTheLimit() throws IOException {
    String open = "{\"name\":\"limit\",\"vocabulary\":[\"";
    String body = open + "a".repeat(1_048_576 - open.length() - 3) + "\"]}";
    String answer =
        exchange(head("POST /v1/manage/tracker HTTP/1.1", "Content-Length: 1048576\r\n") + body);

    assertThat(answer).startsWith("HTTP/1.1 200 ");
    String id = answer.replaceAll("(?s).*\"id\":\"([0-9]+)\".*", "$1");
    assertThat(server.call("DELETE", "/v1/manage/tracker/" + id).status()).isEqualTo(200);
  }

  @Test
  void body_isCountedWhenItsLengthIsNotSaid() throws IOException {
    String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
    String answer =
        exchange(
            head("POST /v1/manage/tracker HTTP/1.1", "Transfer-Encoding: chunked\r\n")
                + chunk.repeat(17));

    assertThat(answer).startsWith("HTTP/1.1 413 ");
    server.assertEmpty();
  }

  private static Arguments row(
      String name, String requestLine, String headers, String body, int status) {
    return Arguments.of(name, head(requestLine, headers) + body, status);
  }

  private static String head(String requestLine, String headers) {
    return requestLine
        + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: TOKEN\r\n"
        + headers
        + "\r\n";
  }

  /**
   * Sends one byte a character, and returns what comes back until the server closes or the answer
   * ends.
   */
  private static String exchange(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.httpPort())) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      byte[] bytes =
          request
              .replace("TOKEN", "Bearer " + server.token())
              .getBytes(StandardCharsets.ISO_8859_1);
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException e) {
        // The server may refuse and close before it has read everything.
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
