package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.wire.Limits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit, at it and one beyond. */
class LimitsIT {

  private static final int BODY = 1_048_576;
  private static final String EMPTY_NOTE = "{\"text\":\"\"}";
  private static final String POST = "POST /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n";
  private static final Duration SHORT = Duration.ofMillis(300);
  // For what has to happen within it, on a busy machine too.
  private static final Duration LONGER = Duration.ofSeconds(2);

  private static DeskGateway gateway;

  @BeforeAll
  static void open() throws Exception {
    gateway = DeskGateway.open();
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "1, 413"})
  void body_mayHaveOneMebibyte(int beyond, int status) throws Exception {
    String body = note(BODY + beyond);
    HttpResponse<String> answer =
        gateway.send(gateway.request("/v1/notes").POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "1, 413"})
  void chunkedBody_mayHaveOneMebibyte(int beyond, int status) throws Exception {
    byte[] body = note(BODY + beyond).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        gateway.send(
            gateway
                .request("/v1/notes")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body))));
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "1, 413"})
  void method_mayLimitItsBodyFurther(int beyond, int status) throws Exception {
    String body = "{\"word\":\"" + "w".repeat(53 + beyond) + "\"}";
    assertThat(body.length()).isEqualTo(64 + beyond);
    HttpResponse<String> answer =
        gateway.send(gateway.anonymous("/desk:open").POST(BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void announcedLength_isRefusedBeforeTheBody() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send(POST + "Content-Length: " + (BODY + 1) + "\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 413 ").contains("BODY_TOO_LARGE");
    }
  }

  @Test
  void continue_isSentOnlyWhenTheHeadIsGood() throws Exception {
    String expect = "Expect: 100-continue\r\nContent-Length: ";
    try (RawConnection connection = gateway.connect()) {
      connection.send(POST + expect + EMPTY_NOTE.length() + "\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 100 ");
      assertThat(connection.send(EMPTY_NOTE).readAnswer()).startsWith("HTTP/1.1 200 ");
    }
    try (RawConnection connection = gateway.connect()) {
      connection.send(POST + expect + (BODY + 1) + "\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void chunksWithoutEnd_areRefusedAndDroppedAndCut() throws Exception {
    try (DeskGateway impatient = DeskGateway.open(Limits.standard().withBody(LONGER));
        RawConnection connection = impatient.connect()) {
      connection.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
      String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
      for (int sent = 0; sent <= BODY; sent += 0x4000) {
        connection.send(chunk);
      }
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 413 ");
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void lyingLength_isRefusedInTime() throws Exception {
    try (DeskGateway impatient = DeskGateway.open(Limits.standard().withBody(SHORT));
        RawConnection connection = impatient.connect()) {
      connection.send(POST + "Content-Length: 100\r\n\r\n" + EMPTY_NOTE);
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 408 ").contains("REQUEST_TIMEOUT");
      assertThat(connection.readToEnd()).isEmpty();
      assertThat(impatient.desk.calls).hasValue(0);
    }
  }

  @Test
  void unreadBody_doesNotHoldTheConnection() throws Exception {
    try (DeskGateway impatient = DeskGateway.open(Limits.standard().withBody(SHORT));
        RawConnection connection = impatient.connect()) {
      connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ");
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void unreadBodyThatEnds_keepsTheConnection() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 404 ");
      connection.send("cdGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 404, ROUTE_NOT_FOUND", "1, 414, REQUEST_INVALID"})
  void requestLine_mayHaveEightKibibytes(int beyond, int status, String reason) throws Exception {
    int around = "GET / HTTP/1.1".length();
    String path = "/" + "p".repeat(8 * 1024 + beyond - around);
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 " + status + " ").contains(reason);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "1, 431"})
  void headers_mayHaveSixteenKibibytes(int beyond, int status) throws Exception {
    String rest = "Host: a" + "X: ";
    String filler = "f".repeat(16 * 1024 + beyond - rest.length());
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + filler + "\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void slowHead_isCut() throws Exception {
    try (DeskGateway impatient = DeskGateway.open(Limits.standard().withHead(LONGER));
        RawConnection silent = impatient.connect();
        RawConnection begun = impatient.connect();
        RawConnection second = impatient.connect()) {
      begun.send("GET /healthz HT");
      second.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(second.readAnswer()).startsWith("HTTP/1.1 200 ");
      second.send("GET /healthz HTTP/1.1\r\nHost: a\r\n");
      assertThat(silent.readToEnd()).isEmpty();
      assertThat(begun.readToEnd()).isEmpty();
      assertThat(second.readToEnd()).isEmpty();
    }
  }

  @Test
  void headTime_doesNotCountBetweenRequests() throws Exception {
    Limits limits = Limits.standard().withHead(LONGER).withIdle(LONGER.multipliedBy(2));
    try (DeskGateway impatient = DeskGateway.open(limits);
        RawConnection connection = impatient.connect()) {
      connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
      long since = System.nanoTime();
      assertThat(connection.readToEnd()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(LONGER.plus(SHORT));
    }
  }

  @Test
  void reader_thatStandsStillIsCut() throws Exception {
    Limits limits = Limits.standard().withStall(SHORT);
    try (DeskGateway impatient = DeskGateway.open(limits);
        RawConnection connection = impatient.connect()) {
      impatient.desk.pageCount = Integer.MAX_VALUE;
      impatient.desk.pageText = "x".repeat(100_000);
      connection.send("GET /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      connection.awaitReset();
      // Not one page more than the buffers between them hold.
      assertThat(impatient.desk.pages.get()).isLessThan(300);
    }
  }

  @Test
  void connections_areServedSideBySide() throws Exception {
    List<RawConnection> connections = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      connections.add(gateway.connect());
    }
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < connections.size(); i++) {
        String path = "/v1/notes/" + round + "-" + i;
        connections.get(i).send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      }
      for (int i = 0; i < connections.size(); i++) {
        assertThat(connections.get(i).readAnswer())
            .endsWith("{\"id\":\"%d-%d\",\"text\":\"text of %1$d-%2$d\"}".formatted(round, i));
      }
    }
    for (RawConnection connection : connections) {
      connection.close();
    }
  }

  private static String note(int length) {
    return "{\"text\":\"" + "x".repeat(length - EMPTY_NOTE.length()) + "\"}";
  }
}
