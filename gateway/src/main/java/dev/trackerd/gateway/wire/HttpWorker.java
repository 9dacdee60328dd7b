package dev.trackerd.gateway.wire;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocketServerConfig;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;

/** One thread's share of a listener: Vert.x deals connections out among those of one port. */
final class HttpWorker extends VerticleBase {

  private final ListenAddress address;
  private final Limits limits;
  private final Handler<HttpServerRequest> handler;
  private HttpServer server;

  HttpWorker(ListenAddress address, Limits limits, Handler<HttpServerRequest> handler) {
    this.address = address;
    this.limits = limits;
    this.handler = handler;
  }

  @Override
  public Future<?> start() {
    server = vertx.httpServerBuilder().with(serverConfig()).build();
    server.requestHandler(handler);
    server.invalidRequestHandler(handler);
    return server.listen(socketAddress());
  }

  private SocketAddress socketAddress() {
    // All workers of a listener share one port: any free one has to be asked for by a common
    // number.
    return address.port() == 0
        ? SocketAddress.sharedRandomPort(1, address.host())
        : SocketAddress.inetSocketAddress(address.port(), address.host());
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
    // No WebSockets are served; without this, Vert.x looks for their extensions in each request.
    WebSocketServerConfig webSockets =
        new WebSocketServerConfig()
            .setUsePerFrameCompression(false)
            .setUsePerMessageCompression(false);
    return new HttpServerConfig()
        .setWebSocketConfig(webSockets)
        .setIdleTimeout(limits.idle())
        .setHttp2Config(new Http2ServerConfig().setInitialSettings(settings));
  }
}
