package dev.trackerd.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Many requests on one connection before the first is answered (RFC 9112, 9.3.2). */
class PipeliningIT {

  private static final Logger ROOT = (Logger) LoggerFactory.getLogger("ROOT");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private DeskGateway gateway;

  @BeforeEach
  void open() throws Exception {
    gateway = DeskGateway.open();
    log.start();
    ROOT.addAppender(log);
  }

  @AfterEach
  void close() {
    ROOT.detachAppender(log);
    gateway.close();
  }

  @Test
  void thousandRequests_areAnsweredInOrder() throws Exception {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      requests.append(get(i % 3 == 0 ? "/healthz" : "/v1/notes/" + i));
    }
    try (RawConnection connection = gateway.connect()) {
      connection.send(requests.toString());
      for (int i = 0; i < 1_000; i++) {
        assertThat(connection.readAnswer())
            .startsWith("HTTP/1.1 200 ")
            .contains(i % 3 == 0 ? "{\"status\":\"ok\"}" : "{\"id\":\"" + i + "\",");
      }
    }
    assertThat(log.list).isEmpty();
  }

  @Test
  void unanswered_areNotReadForEver() throws Exception {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", gateway.listener.port());
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap(get("/v1/notes/wait").getBytes(ISO_8859_1)));
      channel.configureBlocking(false);
      // What the two kernels between them hold is some megabytes.
      long limit = 32L << 20;
      assertThat(writeUntilFull(channel, limit)).isLessThan(limit);
    }
    assertThat(log.list).isEmpty();
  }

  /** Writes requests until the other side has taken none for half a second. */
  private static long writeUntilFull(SocketChannel channel, long limit) throws IOException {
    byte[] requests = get("/v1/notes/7").repeat(500).getBytes(ISO_8859_1);
    ByteBuffer next = ByteBuffer.wrap(requests);
    long total = 0;
    for (int idle = 0; idle < 50 && total < limit; idle++) {
      int taken = channel.write(next);
      total += taken;
      if (taken > 0) {
        idle = 0;
      } else {
        LockSupport.parkNanos(10_000_000L);
      }
      if (!next.hasRemaining()) {
        next.rewind();
      }
    }
    return total;
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: t\r\n\r\n";
  }
}
