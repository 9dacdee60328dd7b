package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no HTTP client sends: each gets a 400 and the end of its connection. */
class MalformedIT {

  private static final String HOST = "Host: a\r\n";
  private static final String POST = "POST /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
  // Would be answered if the bytes before it were taken for a whole request.
  private static final String NEXT = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";

  private static DeskGateway gateway;

  @BeforeAll
  static void open() throws Exception {
    gateway = DeskGateway.open();
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  static Stream<String> malformed() {
    return Stream.of(
        // Two lengths (RFC 9112, 6.1 and 6.3).
        POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        POST + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
        POST + "Content-Length: 4, 4\r\n\r\nabcd",
        POST + "Content-Length: -1\r\n\r\n",
        POST + "Content-Length: +4\r\n\r\nabcd",
        POST + "Content-Length: 0x4\r\n\r\nabcd",
        POST + "Content-Length: 99999999999999999999\r\n\r\n",
        // Codings other than exactly chunked.
        POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: identity\r\n\r\n",
        POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        POST + "Transfer-Encoding:\r\n\r\n",
        POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        POST.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        // Lines.
        "GET /healthz HTTP/1.1\nHost: a\n\n",
        "GET /healthz HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + HOST + "X: b\r\n folded\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + HOST + "X: b\r\n\tfolded\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + HOST + "X: b\rc\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + HOST + "X: b\0c\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + HOST + "X: b\u0001c\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + HOST + "X: b\u007fc\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + HOST + "X b: c\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + HOST + "X\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + HOST + ": b\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n " + HOST + "\r\n",
        "GET\t/healthz\tHTTP/1.1\r\n" + HOST + "\r\n",
        "GET /heal\u0001thz HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /healthz x HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /healthz\r\n" + HOST + "\r\n",
        "GET /healthz HTTP/1.2\r\n" + HOST + "\r\n",
        "GET /healthz HTTP/2.0\r\n" + HOST + "\r\n",
        "GET /healthz HTTX/1.1\r\n" + HOST + "\r\n",
        "G@T /healthz HTTP/1.1\r\n" + HOST + "\r\n",
        " GET /healthz HTTP/1.1\r\n" + HOST + "\r\n",
        "\0GET /healthz HTTP/1.1\r\n" + HOST + "\r\n",
        "PRI * HTTP/2.0\r\n" + HOST + "\r\n",
        // Whose request is it (RFC 9112, 3.2)?
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        // Chunks (RFC 9112, 7.1).
        CHUNKED + "zz\r\n",
        CHUNKED + "\r\n",
        CHUNKED + "-1\r\n",
        CHUNKED + "2\r\nabc\r\n0\r\n\r\n",
        CHUNKED + "2\nab\r\n0\r\n\r\n",
        CHUNKED + "ffffffffff\r\n");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformed_is400AndTheEnd(String bytes) throws Exception {
    int calls = gateway.desk.calls.get();
    try (RawConnection connection = gateway.connect()) {
      String answer = connection.send(bytes + NEXT).readToEnd();
      assertThat(answer).matches("(?s)HTTP/1.[01] 400 .*").containsOnlyOnce("HTTP/1.");
      assertThat(answer).contains("{\"code\":3,", "REQUEST_INVALID").doesNotContain("xception");
    }
    assertThat(gateway.desk.calls).hasValue(calls);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformed_isToldByteByByte(String bytes) throws Exception {
    try (RawConnection connection = gateway.connect()) {
      for (char next : bytes.toCharArray()) {
        connection.trySend(String.valueOf(next));
      }
      connection.trySend(NEXT);
      assertThat(connection.readToEnd())
          .matches("(?s)HTTP/1.[01] 400 .*")
          .containsOnlyOnce("HTTP/1.");
    }
  }

  @Test
  void malformedAfterAGoodRequest_isAnsweredInItsTurn() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      String answers = connection.send(NEXT + "GET /healthz HTTP/1.1\r\n\r\n" + NEXT).readToEnd();
      assertThat(answers).startsWith("HTTP/1.1 200 ").containsOnlyOnce("HTTP/1.1 400 ");
      assertThat(answers.split("HTTP/1.1 ")).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nhOsT: a\r\nX:\tb\t\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost:\r\nX: caf\u00e9\r\n\r\n",
        "GET /healthz HTTP/1.0\r\n\r\n",
        "GET /healthz?a=%20 HTTP/1.1\r\nHost: a\r\n\r\n"
      })
  void unusual_isTaken(String bytes) throws Exception {
    try (RawConnection connection = gateway.connect()) {
      assertThat(connection.send(bytes).readAnswer()).matches("(?s)HTTP/1.[01] 200 .*");
    }
  }

  @Test
  void chunks_areTaken() throws Exception {
    String body = "5;ext=1\r\n{\"tex\r\nA\r\nt\":\"hell\"}\r\n0\r\nX-Trailer: y\r\n\r\n";
    try (RawConnection connection = gateway.connect()) {
      assertThat(connection.send(CHUNKED + body).readAnswer())
          .startsWith("HTTP/1.1 200 ")
          .endsWith("{\"id\":\"\",\"text\":\"hell\"}");
      assertThat(connection.send(NEXT).readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder() throws Exception {
    String get = "GET /v1/notes/%d HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n";
    try (RawConnection connection = gateway.connect()) {
      connection.send(get.formatted(1) + get.formatted(2) + NEXT);
      assertThat(connection.readAnswer()).contains("\"id\":\"1\"");
      assertThat(connection.readAnswer()).contains("\"id\":\"2\"");
      assertThat(connection.readAnswer()).endsWith("{\"status\":\"ok\"}");
    }
  }
}
