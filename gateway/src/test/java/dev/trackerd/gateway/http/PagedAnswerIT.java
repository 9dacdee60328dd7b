package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages over HTTP: one document, or a cut that nobody takes for one. */
class PagedAnswerIT {

  private DeskGateway gateway;

  @BeforeEach
  void open() throws Exception {
    gateway = DeskGateway.open();
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void onePage_hasALength() throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes"));
    assertThat(answer.body()).isEqualTo(pages(1));
    assertThat(answer.headers().firstValue("content-length"))
        .hasValue(Integer.toString(answer.body().length()));
  }

  @Test
  void pages_areJoined() throws Exception {
    gateway.desk.pageCount = 57;
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(pages(57));
    assertThat(answer.headers().allValues("transfer-encoding")).containsExactly("chunked");
    assertThat(gateway.desk.pages).hasValue(57);
  }

  @Test
  void bigPages_areJoined() throws Exception {
    gateway.desk.pageCount = 20;
    gateway.desk.pageText = "x".repeat(1_000_000);
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes"));
    assertThat(answer.body()).isEqualTo(pages(20));
  }

  @Test
  void pages_areCompressedWhenAskedFor() throws Exception {
    gateway.desk.pageCount = 9;
    HttpRequest request = gateway.request("/v1/notes").header("Accept-Encoding", "gzip").build();
    HttpResponse<byte[]> answer =
        gateway.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.headers().allValues("content-encoding")).containsExactly("gzip");
    try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(body.readAllBytes()).asString().isEqualTo(pages(9));
    }
  }

  @Test
  void pageThatIsAskedFor_isAllThereIs() throws Exception {
    gateway.desk.pageCount = 3;
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes?pageToken=1"));
    assertThat(answer.body())
        .isEqualTo("{\"notes\":[{\"id\":\"1\",\"text\":\"text\"}],\"nextPageToken\":\"2\"}");
  }

  @Test
  void failureOfTheFirstPage_isAnOrdinaryAnswer() throws Exception {
    gateway.desk.failingPage = 0;
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes"));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).isEqualTo("{\"code\":14,\"message\":\"lost\",\"details\":[]}");
  }

  @Test
  void failureOfALaterPage_cutsTheConnection() throws Exception {
    gateway.desk.pageCount = 3;
    gateway.desk.failingPage = 2;
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      String answer = connection.readToEnd();
      assertThat(answer).startsWith("HTTP/1.1 200 ").contains("{\"id\":\"1\",");
      assertThat(answer).doesNotContain("]}").doesNotContain("\r\n0\r\n").doesNotContain("lost");
    }
    assertThatThrownBy(() -> gateway.send(gateway.request("/v1/notes")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void disconnect_endsTheWalk() throws Exception {
    gateway.desk.pageCount = 1_000;
    gateway.desk.waitingPage = 7;
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      for (int page = 0; page <= 7; page++) {
        gateway.desk.arrival();
      }
    }
    gateway.desk.cancelled.get(10, TimeUnit.SECONDS);
    assertThat(gateway.desk.pages).hasValue(8);
  }

  @Test
  void head_callsForTheFirstPageOnly() throws Exception {
    gateway.desk.pageCount = 3;
    HttpRequest.Builder head = gateway.request("/v1/notes").method("HEAD", BodyPublishers.noBody());
    HttpResponse<String> answer = gateway.send(head);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(gateway.desk.pages).hasValue(1);
    gateway.desk.failingPage = 0;
    assertThat(gateway.send(head).statusCode()).isEqualTo(502);
  }

  @Test
  void http10_isServedUntilTheEndOfTheConnection() throws Exception {
    gateway.desk.pageCount = 3;
    try (RawConnection connection = gateway.connect()) {
      connection.send(
          "GET /v1/notes HTTP/1.0\r\nConnection: keep-alive\r\nAuthorization: t\r\n\r\n");
      assertThat(connection.readToEnd()).endsWith("\r\n\r\n" + pages(3));
    }
  }

  private String pages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\":\"" + i + "\",\"text\":\"" + gateway.desk.pageText + "\"}")
        .collect(Collectors.joining(",", "{\"notes\":[", "]}"));
  }
}
