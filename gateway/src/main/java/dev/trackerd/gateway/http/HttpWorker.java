package dev.trackerd.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;

/** One thread's share of a listener: Vert.x deals connections out among those of one port. */
final class HttpWorker extends VerticleBase {

  // How Vert.x is asked for any free port that several servers share.
  private static final int ANY_SHARED_PORT = -1;

  private final ListenerConfig config;
  private final Limits limits;
  private final GatewayHandler handler;
  private HttpServer server;

  HttpWorker(ListenerConfig config, Limits limits, GatewayHandler handler) {
    this.config = config;
    this.limits = limits;
    this.handler = handler;
  }

  @Override
  public Future<?> start() {
    server = vertx.httpServerBuilder().with(serverConfig()).build();
    server.requestHandler(handler);
    server.invalidRequestHandler(handler::refuse);
    int port = config.port() == 0 ? ANY_SHARED_PORT : config.port();
    return server.listen(SocketAddress.inetSocketAddress(port, config.bind()));
  }

  int port() {
    return server.actualPort();
  }

  Future<Void> shutdown(Duration drain) {
    return server == null ? Future.succeededFuture() : server.shutdown(drain);
  }

  private HttpServerConfig serverConfig() {
    // Resets and CONTINUATION floods are bounded by the defaults of Vert.x.
    Http2Settings settings =
        new Http2Settings()
            .setMaxConcurrentStreams(Limits.CONCURRENT_STREAMS)
            .setMaxHeaderListSize(Limits.HEADER_BYTES)
            .setPushEnabled(false);
    return new HttpServerConfig()
        .setIdleTimeout(limits.idle())
        .setHttp2Config(new Http2ServerConfig().setInitialSettings(settings));
  }
}
