package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.grpc.Status;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** One line for each answer, whoever made it. */
class AccessLineIT {

  private static final String NOTE = "/v1/notes/{note_id}";

  /** Keeps what is logged. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {
    final BlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      events.add(event);
    }

    /** The pairs of the next line, which is written after its answer. */
    Map<String, Object> next() throws InterruptedException {
      ILoggingEvent event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).as("a line").isNotNull();
      Map<String, Object> pairs = new LinkedHashMap<>();
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        assertThat(pairs.put(pair.key, pair.value)).isNull();
      }
      assertThat((Long) pairs.remove("duration_us")).isNotNegative();
      return pairs;
    }
  }

  private final Lines lines = new Lines();
  private DeskGateway gateway;

  private static Logger access() {
    return (Logger) LoggerFactory.getLogger("access");
  }

  @BeforeEach
  void open() throws Exception {
    lines.start();
    access().addAppender(lines);
    access().setLevel(Level.INFO);
    gateway = DeskGateway.open();
  }

  @AfterEach
  void close() {
    gateway.close();
    access().detachAppender(lines);
    access().setLevel(null);
  }

  @Test
  void line_ofACall_saysWhatAllSidesKnow() throws Exception {
    gateway.send(gateway.request("/v1/notes/7?").header("x-request-id", "r1"));
    assertThat(lines.next())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "http_method",
                "GET",
                "http_route",
                NOTE,
                "http_status",
                200,
                "method",
                "desk.v1.DeskService/GetNote",
                "status",
                Status.Code.OK,
                "request_id",
                "r1"));
  }

  @Test
  void line_ofAFailedCall_hasBothStatuses() throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes/code-NOT_FOUND"));
    assertThat(lines.next())
        .containsEntry("http_status", 404)
        .containsEntry("status", Status.Code.NOT_FOUND)
        .containsEntry("request_id", answer.headers().firstValue("x-request-id").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/nothing, , 404,",
    "BREW, /v1/notes/7, , 405, /v1/notes/{note_id}",
    "DELETE, /healthz, , 405, /healthz",
    "OPTIONS, /v1/notes/7, , 204, /v1/notes/{note_id}",
    "GET, /v1/notes/7?color=red, , 400, /v1/notes/{note_id}",
    "POST, /v1/notes, text/plain, 415, /v1/notes",
    "POST, /v1/notes, application/json, 413, /v1/notes",
    "GET, /v1/notes/%00, , 400,"
  })
  void line_ofAnAnswerOfTheGateway_saysWhatThatWas(
      String method, String path, String type, int status, String route) throws Exception {
    HttpRequest.Builder request = gateway.request(path);
    if (type != null) {
      request.header("Content-Type", type);
    }
    int length = status == 413 ? 1_048_577 : 0;
    request.method(method, BodyPublishers.ofByteArray(new byte[length]));
    HttpResponse<String> answer = gateway.send(request);

    assertThat(answer.statusCode()).isEqualTo(status);
    Map<String, Object> line = lines.next();
    assertThat(line)
        .containsEntry("http_method", method)
        .containsEntry("http_status", status)
        .containsEntry("request_id", answer.headers().firstValue("x-request-id").orElseThrow())
        .doesNotContainKeys("method", "status", "account");
    assertThat(line.get("http_route")).isEqualTo(route);
    assertThat(lines.events).isEmpty();
  }

  @Test
  void line_ofAMissingCredential_hasItsRoute() throws Exception {
    gateway.send(gateway.anonymous("/v1/notes/7"));
    assertThat(lines.next()).containsEntry("http_status", 401).containsEntry("http_route", NOTE);
  }

  @Test
  void line_ofWhatIsNoRequest_hasNoMethod() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send("\u0001\r\n\r\n");
      connection.readAnswer();
    }
    assertThat(lines.next()).containsEntry("http_status", 400).doesNotContainKey("http_method");
  }

  @Test
  void line_ofAnOperation_isOne() throws Exception {
    HttpRequest.Builder request =
        gateway
            .anonymous("/")
            .header("X-Amz-Target", "AmazonPersonalize.Nothing")
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(BodyPublishers.ofString("{}"));
    HttpResponse<String> answer = gateway.send(request);
    assertThat(lines.next())
        .containsEntry("http_route", "/")
        .containsEntry("http_status", 400)
        .containsEntry("request_id", answer.headers().firstValue("x-amzn-requestid").orElseThrow());
  }

  @Test
  void line_ofManyPages_isOne() throws Exception {
    gateway.desk.pageCount = 3;
    gateway.send(gateway.request("/v1/notes"));
    assertThat(lines.next()).containsEntry("http_status", 200).doesNotContainKey("cut");
    assertThat(gateway.desk.pages).hasValue(3);
    assertThat(lines.events).isEmpty();
  }

  @Test
  void line_ofHalfAnAnswer_saysThatItWasCut() throws Exception {
    gateway.desk.pageCount = 3;
    gateway.desk.failingPage = 1;
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      connection.readToEnd();
    }
    assertThat(lines.next()).containsEntry("http_status", 200).containsEntry("cut", true);
    assertThat(lines.events).isEmpty();
  }

  @Test
  void line_ofAClientThatLeft_saysSo() throws Exception {
    try (RawConnection connection = gateway.connect()) {
      connection.send("GET /v1/notes/wait HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      gateway.desk.arrival();
    }
    assertThat(lines.next())
        .containsEntry("http_status", 499)
        .containsEntry("method", "desk.v1.DeskService/GetNote");
    assertThat(lines.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/readyz"})
  void probes_haveNone(String path) throws Exception {
    gateway.send(gateway.anonymous(path));
    gateway.send(gateway.request("/v1/notes/7"));
    assertThat(lines.next()).containsEntry("http_route", NOTE);
    assertThat(lines.events).isEmpty();
  }
}
