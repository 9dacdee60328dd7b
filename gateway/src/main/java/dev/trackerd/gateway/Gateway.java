package dev.trackerd.gateway;

import dev.trackerd.gateway.http.HttpListener;
import dev.trackerd.gateway.http.ListenerConfig;
import dev.trackerd.gateway.http.Routes;
import dev.trackerd.gateway.ui.UiAssets;
import io.grpc.Channel;
import java.io.IOException;
import java.util.Optional;

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
    Routes routes = Routes.of(config.services());
    Optional<UiAssets> assets = config.ui() ? Optional.of(UiAssets.open()) : Optional.empty();
    ListenerConfig listener =
        new ListenerConfig(config.bind(), config.httpPort(), config.corsOrigins(), assets);
    return new Gateway(HttpListener.open(listener, routes, channel));
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
