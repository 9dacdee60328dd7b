package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What goes to the service, and what comes of its failures. */
class CallIT {

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
  void headers_passByAnAllowList() throws Exception {
    gateway.desk.arrivals.clear();
    gateway.send(
        gateway
            .request("/v1/notes/7")
            .header("X-API-Key", "k")
            .header("Traceparent", "00-1-2-01")
            .header("tracestate", "a=b")
            .header("Cookie", "c")
            .header("X-Forwarded-For", "1.2.3.4")
            .header("grpc-trace-bin", "AA")
            .header("x-account", "999"));
    NoteDesk.Arrival arrival = gateway.desk.arrival();
    assertThat(arrival.header("authorization")).isEqualTo("Bearer t");
    assertThat(arrival.header("x-api-key")).isEqualTo("k");
    assertThat(arrival.header("traceparent")).isEqualTo("00-1-2-01");
    assertThat(arrival.header("tracestate")).isEqualTo("a=b");
    assertThat(arrival.metadata().keys())
        .doesNotContain("cookie", "x-forwarded-for", "grpc-trace-bin", "x-account", "accept");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/notes/7, , 10000",
    "/v1/notes, , 30000",
    "/v1/notes?pageSize=1, , 30000",
    "/v1/notes/7, 2S, 2000",
    "/v1/notes/7, 1500m, 1500",
    "/v1/notes/7, 1H, 10000",
    "/v1/notes/7, 99999999H, 10000",
    "/v1/notes, 1H, 30000"
  })
  void deadline_isAlwaysSent(String path, String asked, long millis) throws Exception {
    gateway.desk.arrivals.clear();
    HttpRequest.Builder request = gateway.request(path);
    gateway.send(asked == null ? request : request.header("grpc-timeout", asked));
    assertThat(gateway.desk.arrival().deadlineMillis()).isBetween(millis - 1_000, millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "S", "-1S", "0S", "1.5S", "5s", "5 S", "123456789S"})
  void malformedDeadline_is400(String timeout) throws Exception {
    HttpResponse<String> answer =
        gateway.send(gateway.request("/v1/notes/7").header("grpc-timeout", timeout));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"grpc-timeout\"");
  }

  @Test
  void deadline_ends504WithAFixedText() throws Exception {
    HttpResponse<String> answer =
        gateway.send(gateway.request("/v1/notes/wait").header("grpc-timeout", "200m"));
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body())
        .startsWith("{\"code\":4,\"message\":\"No answer came in time.\",\"details\":[");
  }

  @ParameterizedTest
  @EnumSource(value = Status.Code.class, names = "OK", mode = EnumSource.Mode.EXCLUDE)
  void status_ofTheServiceIsPassedOn(Status.Code code) throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes/code-" + code));
    assertThat(answer.statusCode()).isEqualTo(HttpErrors.httpStatus(code));
    assertThat(answer.body())
        .isEqualTo(
            "{\"code\":" + code.value() + ",\"message\":\"the desk says no\",\"details\":[]}");
  }

  @Test
  void details_arePassedOn() throws Exception {
    HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes/busy"));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().allValues("retry-after")).containsExactly("1");
    assertThat(answer.body())
        .startsWith("{\"code\":8,\"message\":\"one at a time\",\"details\":[{")
        .contains("google.rpc.RetryInfo", "0.200s");
  }

  @Test
  void idempotencyKey_passesAndTheAnswerTellsOfAReplay() throws Exception {
    gateway.desk.arrivals.clear();
    HttpResponse<String> replay =
        gateway.send(gateway.request("/v1/notes/7").header("Idempotency-Key", "again"));
    assertThat(gateway.desk.arrival().header("idempotency-key")).isEqualTo("again");
    assertThat(replay.statusCode()).isEqualTo(200);
    assertThat(replay.headers().allValues("idempotent-replayed")).containsExactly("true");
    HttpResponse<String> first =
        gateway.send(gateway.request("/v1/notes/7").header("Idempotency-Key", "first"));
    assertThat(first.headers().firstValue("idempotent-replayed")).isEmpty();
  }

  @Test
  void lostService_is502WithAFixedText() throws Exception {
    try (DeskGateway lonely = DeskGateway.open()) {
      lonely.server.shutdownNow().awaitTermination();
      HttpResponse<String> answer = lonely.send(lonely.request("/v1/notes/7"));
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body())
          .startsWith("{\"code\":14,\"message\":\"The service cannot be reached.\",\"details\":[")
          .contains("BACKEND_UNAVAILABLE");
      assertThat(lonely.send(lonely.anonymous("/healthz")).statusCode()).isEqualTo(200);
      HttpResponse<String> ready = lonely.send(lonely.anonymous("/readyz"));
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).startsWith("{\"code\":14,").contains("NOT_READY");
    }
  }

  @Test
  void readinessOfALostService_isNoFailureOfTheGateway() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Exchange.class);
    logger.addAppender(log);
    log.start();
    try (DeskGateway lonely = DeskGateway.open()) {
      lonely.server.shutdownNow().awaitTermination();
      for (int i = 0; i < 5; i++) {
        assertThat(lonely.send(lonely.anonymous("/readyz")).statusCode()).isEqualTo(503);
      }
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).isEmpty();
  }

  @Test
  void readiness_isTheServices() throws Exception {
    try (DeskGateway own = DeskGateway.open()) {
      assertThat(own.send(own.anonymous("/readyz")).body()).isEqualTo("{\"status\":\"ok\"}");
      own.health.setStatus("", ServingStatus.NOT_SERVING);
      assertThat(own.send(own.anonymous("/readyz")).statusCode()).isEqualTo(503);
      assertThat(own.send(own.anonymous("/healthz")).body()).isEqualTo("{\"status\":\"ok\"}");
      HttpRequest.BodyPublisher none = HttpRequest.BodyPublishers.noBody();
      HttpResponse<String> post = own.send(own.anonymous("/healthz").POST(none));
      assertThat(post.statusCode()).isEqualTo(405);
      assertThat(post.headers().allValues("allow")).containsExactly("GET, HEAD, OPTIONS");
    }
  }

  @Test
  void disconnect_cancelsTheCall() throws Exception {
    try (DeskGateway own = DeskGateway.open()) {
      RawConnection connection = own.connect();
      connection.send("GET /v1/notes/wait HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      own.desk.arrival();
      connection.close();
      own.desk.cancelled.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void close_letsCallsUnderWayEnd() throws Exception {
    try (DeskGateway own = DeskGateway.open(new Deadlines(Duration.ofMillis(500), Duration.ZERO));
        RawConnection busy = own.connect();
        RawConnection idle = own.connect();
        RawConnection silent = own.connect()) {
      idle.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
      busy.send("GET /v1/notes/wait HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
      own.desk.arrival();
      long since = System.nanoTime();
      own.listener.close();
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
      assertThat(busy.readToEnd()).startsWith("HTTP/1.1 504 ").endsWith("}");
      assertThat(idle.readToEnd()).isEmpty();
      assertThat(silent.readToEnd()).isEmpty();
    }
  }
}
