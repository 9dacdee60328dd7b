package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.wire.HttpListener;
import dev.trackerd.gateway.wire.Limits;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What nobody thought of ends an exchange all the same, and gives back its place. */
class BrokenDialectIT {

  /** Fails in one place, or in two. */
  private record Broken(boolean failsToTell) implements Dialect {

    @Override
    public boolean isMeant(Exchange exchange) {
      return true;
    }

    @Override
    public void answer(Exchange exchange) {
      exchange.admit();
      throw new AssertionError("broken on purpose");
    }

    @Override
    public void describe(Exchange exchange, MultiMap headers) {}

    @Override
    public Failed fail(HttpFailure failure, MultiMap headers) {
      if (failsToTell) {
        throw new AssertionError("broken on purpose, twice");
      }
      return new Failed(failure.httpStatus(), new byte[] {'!'});
    }
  }

  @Test
  void errors_areAnswered() throws Exception {
    assertThat(answerOf(new Broken(false))).startsWith("HTTP/1.1 500 ").endsWith("\r\n\r\n!");
  }

  @Test
  void errorsThatCannotBeTold_closeTheConnection() throws Exception {
    assertThat(answerOf(new Broken(true))).isEmpty();
  }

  private static String answerOf(Dialect dialect) throws Exception {
    ManagedChannel channel = InProcessChannelBuilder.forName("nobody").build();
    Limits limits = Limits.standard();
    Surroundings surroundings =
        Surroundings.of(new GrpcCaller(channel), Deadlines.standard(), limits, Set.of());
    GatewayHandler handler = new GatewayHandler(List.of(dialect), surroundings);
    String answer;
    try (HttpListener listener = HttpListener.open("127.0.0.1", 0, limits, handler);
        RawConnection connection = new RawConnection(listener.port())) {
      connection.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      answer = connection.readToEnd();
    } finally {
      channel.shutdownNow();
    }
    assertThat(surroundings.places().taken()).isZero();
    return answer;
  }
}
