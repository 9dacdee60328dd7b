package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.wire.Limits;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests are under way at most, and that each place is given back. */
class AdmissionIT {

  private static final int LIMIT = 16;

  private final List<AutoCloseable> connections = new ArrayList<>();
  private DeskGateway gateway;

  @BeforeEach
  void open() throws Exception {
    gateway = DeskGateway.open(Limits.standard().withExchanges(LIMIT));
  }

  @AfterEach
  void close() throws Exception {
    hangUp();
    gateway.close();
  }

  @Test
  void onePastTheLimit_isRefusedAtOnce() throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      connect().send(get("/v1/notes/wait"));
      gateway.desk.arrival();
    }
    assertThat(gateway.surroundings.places().taken()).isEqualTo(LIMIT);
    String answer = connect().send(get("/v1/notes/7")).readAnswer();
    assertThat(answer)
        .startsWith("HTTP/1.1 503 ")
        .containsIgnoringCase("\r\nretry-after: 1\r\n")
        .contains("\"code\":8", "OVERLOADED", "RetryInfo");
    assertThat(gateway.send(gateway.anonymous("/healthz")).statusCode()).isEqualTo(200);
    assertThat(gateway.send(gateway.anonymous("/readyz")).statusCode()).isEqualTo(200);
    assertThat(gateway.desk.arrivals).isEmpty();
    hangUp();
    gateway.awaitIdle();
    assertThat(gateway.send(gateway.request("/v1/notes/7")).statusCode()).isEqualTo(200);
  }

  @Test
  void connection_hasAnEighth() throws Exception {
    RawStreams streams = new RawStreams(gateway.listener.port());
    connections.add(streams);
    streams.get("/v1/notes/wait", LIMIT / 8 + 1);
    for (int i = 0; i < LIMIT / 8; i++) {
      gateway.desk.arrival();
    }
    assertThat(gateway.send(gateway.request("/v1/notes/7")).statusCode()).isEqualTo(200);
    gateway.awaitPlaces(LIMIT / 8);
    hangUp();
    gateway.awaitIdle();
  }

  @Test
  void requestWithoutItsBody_takesNoPlace() throws Exception {
    for (int i = 0; i < 2 * LIMIT; i++) {
      connect()
          .send("POST /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n")
          .send("Expect: 100-continue\r\nContent-Length: 11\r\n\r\n")
          .readAnswer();
    }
    assertThat(gateway.surroundings.places().taken()).isZero();
    assertThat(gateway.send(gateway.request("/v1/notes/7")).statusCode()).isEqualTo(200);
  }

  @Test
  void bodiesThatOnlyBegin_giveWayToWholeOnes() throws Exception {
    List<RawConnection> slow = new ArrayList<>();
    for (int i = 0; i < 5 * LIMIT; i++) {
      RawConnection connection = connect();
      connection.send("POST /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n");
      connection.send("Expect: 100-continue\r\nContent-Length: 11\r\n\r\n");
      assertThat(connection.readAnswer()).startsWith("HTTP/1.1 100 ");
      slow.add(connection);
    }
    // The oldest are those over four for each place.
    assertThat(slow.get(0).readAnswer()).startsWith("HTTP/1.1 503 ").contains("OVERLOADED");
    RawConnection youngest = slow.get(5 * LIMIT - 1);
    assertThat(youngest.send("{\"text\":\"\"}").readAnswer()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void bytesOfBodiesThatAreNotWhole_areBounded() throws Exception {
    try (DeskGateway small = DeskGateway.open(Limits.standard().withUnread(2L << 20))) {
      RawConnection first = null;
      for (int i = 0; i < 4; i++) {
        RawConnection connection = new RawConnection(small.listener.port());
        connections.add(connection);
        connection.send("POST /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n");
        connection.send("Expect: 100-continue\r\nContent-Length: 600000\r\n\r\n").readAnswer();
        connection.send(" ".repeat(500_000));
        first = first == null ? connection : first;
      }
      assertThat(first.readAnswer()).startsWith("HTTP/1.1 503 ").contains("OVERLOADED");
      assertThat(small.surroundings.arrivals().bytes()).isLessThanOrEqualTo(1L << 20);
      hangUp();
    }
  }

  @Test
  void place_isGivenBackOnEachWayOut() throws Exception {
    try (DeskGateway hasty =
        DeskGateway.open(new Deadlines(Duration.ofMillis(100), Duration.ofMillis(100)))) {
      int[] expected = {200, 504, 500, 404};
      String[] ids = {"7", "wait", "code-INTERNAL", "code-NOT_FOUND"};
      for (int i = 0; i < ids.length; i++) {
        HttpResponse<String> answer = hasty.send(hasty.request("/v1/notes/" + ids[i]));
        assertThat(answer.statusCode()).isEqualTo(expected[i]);
        hasty.awaitIdle();
      }
      HttpResponse<String> bad = hasty.send(hasty.request("/v1/notes?unknown=1"));
      assertThat(bad.statusCode()).isEqualTo(400);
      hasty.awaitIdle();
    }
  }

  private RawConnection connect() throws Exception {
    RawConnection connection = gateway.connect();
    connections.add(connection);
    return connection;
  }

  private void hangUp() throws Exception {
    for (AutoCloseable connection : connections) {
      connection.close();
    }
    connections.clear();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n";
  }
}
