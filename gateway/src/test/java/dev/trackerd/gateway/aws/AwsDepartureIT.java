package dev.trackerd.gateway.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that leaves between the two calls that its request needs. */
final class AwsDepartureIT {

  @Test
  void operation_isNotCalledForWhoHasLeft() throws Exception {
    try (AwsDesk desk = new AwsDesk();
        Socket socket = new Socket("127.0.0.1", desk.port())) {
      CompletableFuture<Void> left = new CompletableFuture<>();
      desk.beforeToken = () -> leave(socket, left);
      socket.getOutputStream().write(longDelete());
      left.get(10, TimeUnit.SECONDS);
      desk.beforeToken = () -> {};
      // As long to read as the one before, and begun after it.
      try (Socket other = new Socket("127.0.0.1", desk.port())) {
        other.getOutputStream().write(longDelete());
        assertThat(other.getInputStream().read()).isEqualTo('H');
      }
      assertThat(desk.received)
          .extracting(AwsDesk.Received::rpc)
          .containsExactly("ExchangeSignature", "ExchangeSignature", "DeleteEventTracker");
    }
  }

  /** Runs on the connection's thread: that it is gone is seen only after the token has come. */
  private static void leave(Socket socket, CompletableFuture<Void> left) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
      left.complete(null);
    } catch (IOException e) {
      left.completeExceptionally(e);
    }
  }

  /** Returns a request that takes a while to read: on another thread, with time for the news. */
  private static byte[] longDelete() {
    String body = "{\"eventTrackerArn\":\"a\"" + ",\"x\":[1" + ",2".repeat(450_000) + "]}";
    String head =
        "POST / HTTP/1.1\r\nHost: a\r\n%s\r\n%s\r\nContent-Length: %d\r\n\r\n"
            .formatted(RawAwsClient.TARGET, RawAwsClient.TYPE, body.length());
    return (head + body).getBytes(ISO_8859_1);
  }
}
