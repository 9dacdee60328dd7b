package dev.trackerd.gateway;

import dev.trackerd.gateway.aws.AwsDialect;
import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.http.Deadlines;
import dev.trackerd.gateway.http.Dialect;
import dev.trackerd.gateway.http.GatewayHandler;
import dev.trackerd.gateway.http.Resource;
import dev.trackerd.gateway.http.RestDialect;
import dev.trackerd.gateway.http.Surroundings;
import dev.trackerd.gateway.ui.UiPages;
import dev.trackerd.gateway.wire.HttpListener;
import dev.trackerd.gateway.wire.Limits;
import io.grpc.Channel;
import java.io.IOException;
import java.util.List;

/**
 * An HTTP/JSON gateway in front of gRPC services, running. Holds no secrets and keeps no state.
 * Thread-safe.
 */
public final class Gateway implements AutoCloseable {

  private final HttpListener listener;

  private Gateway(HttpListener listener) {
    this.listener = listener;
  }

  /**
   * Starts a gateway.
   *
   * @param channel where its calls go, to a server in this process or elsewhere; stays its owner's
   *     to close, after the gateway
   * @throws IllegalArgumentException if a rule is wrong; names it. Nothing listens then
   * @throws IOException if it can't listen; the message says where and why
   */
  public static Gateway start(GatewayConfig config, Channel channel) throws IOException {
    Limits limits = Limits.standard();
    List<Resource> resources = config.ui() ? List.of(new UiPages()) : List.of();
    List<Dialect> dialects =
        List.of(AwsDialect.of(config.services()), RestDialect.of(config.services(), resources));
    Surroundings surroundings =
        Surroundings.of(
            new GrpcCaller(channel), Deadlines.standard(), limits, config.corsOrigins());
    GatewayHandler handler = new GatewayHandler(dialects, surroundings);
    return new Gateway(HttpListener.open(config.bind(), config.httpPort(), limits, handler));
  }

  /** Returns the port, the real one if any free one was asked for. */
  public int httpPort() {
    return listener.port();
  }

  /**
   * Stops to accept connections at once, lets requests that are under way end for at most 10 s, and
   * closes all connections. Idempotent. Blocks.
   */
  @Override
  public void close() {
    listener.close();
  }
}
