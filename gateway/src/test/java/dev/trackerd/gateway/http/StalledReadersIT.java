package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.wire.Limits;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers that stand still: what they may hold, and that nobody else notices them. */
class StalledReadersIT {

  private static final long BUDGET = 32L << 20;
  private static final int PAGES = 27;

  private final List<AutoCloseable> connections = new ArrayList<>();
  private DeskGateway gateway;

  @BeforeEach
  void open() throws Exception {
    gateway = DeskGateway.open(Limits.standard().withUnread(BUDGET));
    gateway.desk.pageCount = PAGES;
    gateway.desk.pageText = "x".repeat(1_000_000);
  }

  @AfterEach
  void close() throws Exception {
    hangUp();
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 20})
  void streamsWithoutWindow_holdTheBudgetAtMost(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      RawStreams streams = new RawStreams(gateway.listener.port());
      connections.add(streams);
      streams.get("/v1/notes", 100);
    }
    assertHealthyWhileTheyHold();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1_000})
  void socketsThatNeverRead_holdTheBudgetAtMost(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      RawConnection connection = gateway.connect();
      connections.add(connection);
      connection.send("GET /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
    }
    assertHealthyWhileTheyHold();
  }

  @Test
  void streamThatOnlyPings_isCut() throws Exception {
    Limits impatient = Limits.standard().withUnread(BUDGET).withStall(Duration.ofMillis(300));
    try (DeskGateway other = DeskGateway.open(impatient)) {
      other.desk.pageText = "x".repeat(1_000_000);
      try (RawStreams streams = new RawStreams(other.listener.port())) {
        streams.get("/v1/notes", 5);
        other.desk.arrival();
        for (int i = 0; i < 10; i++) {
          streams.ping();
        }
        other.awaitIdle();
      }
    }
  }

  /** The kernel asks for more only when the reader has taken some tens of kibibytes. */
  @Test
  void socketThatReadsALittleEverySoOften_isCut() throws Exception {
    Limits impatient = Limits.standard().withUnread(BUDGET).withStall(Duration.ofSeconds(1));
    try (DeskGateway other = DeskGateway.open(impatient)) {
      other.desk.pageCount = PAGES;
      other.desk.pageText = "x".repeat(1_000_000);
      try (RawConnection connection = other.connect()) {
        connection.send("GET /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n");
        other.desk.arrival();
        int taken = 0;
        while (other.surroundings.places().taken() > 0 && taken < 100_000) {
          taken += connection.readBytes(100).length();
          LockSupport.parkNanos(20_000_000L);
        }
        assertThat(taken).isBetween(100, 99_999);
        other.awaitIdle();
      }
    }
  }

  @Test
  void manyLargeAnswersOnOneConnection_allCome() throws Exception {
    gateway.desk.pageCount = 1;
    gateway.desk.pageText = "x".repeat(3_000_000);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < 40; i++) {
      answers.add(
          client.sendAsync(
              gateway.request("/v1/notes").build(), HttpResponse.BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(answer.get().body()).hasSizeGreaterThan(3_000_000).endsWith("}");
    }
    gateway.awaitIdle();
  }

  private void assertHealthyWhileTheyHold() throws Exception {
    long direct = directBytes();
    long most = 0;
    for (int i = 0; i < 300; i++) {
      HttpResponse<String> answer = gateway.send(gateway.request("/v1/notes/" + i));
      assertThat(answer.body()).isEqualTo("{\"id\":\"%d\",\"text\":\"text of %1$d\"}".formatted(i));
      most = Math.max(most, gateway.surroundings.budget().held());
    }
    assertThat(most).isPositive().isLessThanOrEqualTo(BUDGET);
    assertThat(directBytes() - direct).isLessThan(128L << 20);
    hangUp();
    gateway.awaitIdle();
  }

  private void hangUp() throws Exception {
    for (AutoCloseable connection : connections) {
      connection.close();
    }
    connections.clear();
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
