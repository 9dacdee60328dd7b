package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.wire.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of bodies that are whole is bounded: the others wait. */
class WholeBodiesIT {

  // Nothing fits beside another.
  private static final Limits LIMITS = Limits.standard().withDecoded(1).withUnread(2L << 20);

  private final List<RawConnection> connections = new ArrayList<>();
  private DeskGateway gateway;

  @AfterEach
  void close() throws IOException {
    hangUp();
    gateway.awaitIdle();
    gateway.close();
  }

  @Test
  void bodies_waitForThoseThatAreUsed_butSmallOnesPass() throws Exception {
    gateway = DeskGateway.open(LIMITS);
    RawConnection first = connect().send(post("wait", 80_000));
    gateway.desk.arrival();
    RawConnection second = connect().send(post("second", 80_000));
    RawConnection third = connect().send(post("third", 5_000));
    awaitArrived(85_000);
    assertThat(connect().send(post("small", 1_000)).readAnswer()).contains("small");
    gateway.desk.arrival();
    assertThat(gateway.desk.arrivals).isEmpty();
    assertThat(gateway.surroundings.bodies().held()).isPositive();
    first.close();
    assertThat(second.readAnswer()).startsWith("HTTP/1.1 200 ").contains("second");
    assertThat(third.readAnswer()).startsWith("HTTP/1.1 200 ").contains("third");
  }

  @Test
  void bodiesOfThoseWhoLeave_areNotUsed() throws Exception {
    gateway = DeskGateway.open(LIMITS);
    RawConnection first = connect().send(post("wait", 80_000));
    gateway.desk.arrival();
    RawConnection second = connect().send(post("second", 80_000));
    RawConnection third = connect().send(post("third", 80_000));
    awaitArrived(160_000);
    second.close();
    awaitArrived(80_000);
    first.close();
    assertThat(third.readAnswer()).startsWith("HTTP/1.1 200 ").contains("third");
    assertThat(gateway.desk.arrivals).hasSize(1);
  }

  @Test
  void bodiesThatWait_areBoundedWithThoseThatArrive() throws Exception {
    gateway = DeskGateway.open(LIMITS);
    connect().send(post("wait", 80_000));
    gateway.desk.arrival();
    RawConnection second = connect().send(post("second", 600_000));
    awaitArrived(600_000);
    connect().send(post("third", 600_000));
    assertThat(second.readAnswer()).startsWith("HTTP/1.1 503 ").contains("OVERLOADED");
    assertThat(gateway.surroundings.arrivals().bytes()).isLessThanOrEqualTo(1L << 20);
  }

  @Test
  void bodiesThatWaitTooLong_areRefused() throws Exception {
    Duration time = Duration.ofMillis(300);
    gateway = DeskGateway.open(LIMITS, new Deadlines(time, time));
    for (int i = 0; i < 8; i++) {
      connect().send(post("wait", 5_000));
    }
    int refused = 0;
    for (RawConnection connection : connections) {
      String answer = connection.readAnswer();
      refused += answer.startsWith("HTTP/1.1 503 ") && answer.contains("OVERLOADED") ? 1 : 0;
    }
    // The first is called for, and perhaps one more when that has ended.
    assertThat(refused).isGreaterThan(4);
  }

  @Test
  void bodiesThatAreBad_giveBackAll() throws Exception {
    gateway = DeskGateway.open(LIMITS);
    for (int bytes : new int[] {5_000, 80_000}) {
      RawConnection connection = connect();
      String bad = post("bad", bytes).replace("\"text\"", "\"none\"");
      assertThat(connection.send(bad).readAnswer()).startsWith("HTTP/1.1 400 ");
      gateway.awaitIdle();
      assertThat(connection.send(post("good", bytes)).readAnswer()).startsWith("HTTP/1.1 200 ");
      gateway.awaitIdle();
    }
  }

  private void awaitArrived(long bytes) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (gateway.surroundings.arrivals().bytes() != bytes) {
      assertThat(System.nanoTime()).as("bytes that wait").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000L);
    }
  }

  private RawConnection connect() throws IOException {
    RawConnection connection = gateway.connect();
    connections.add(connection);
    return connection;
  }

  private void hangUp() throws IOException {
    for (RawConnection connection : connections) {
      connection.close();
    }
  }

  /** Returns a request whose body has so many bytes. */
  private static String post(String text, int bytes) {
    String filled = text + "x".repeat(bytes - text.length() - 11);
    return "POST /v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\nContent-Length: "
        + bytes
        + "\r\n\r\n{\"text\":\""
        + filled
        + "\"}";
  }
}
