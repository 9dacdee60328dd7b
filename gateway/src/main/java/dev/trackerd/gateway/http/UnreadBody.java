package dev.trackerd.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Functions over bodies that nobody waits for. An answer that comes before the end of its request's
 * body must not be lost in a reset, so the rest is read and dropped for a while; then the
 * connection, or the HTTP/2 stream, goes.
 */
final class UnreadBody {

  // RFC 9113, 7.
  private static final long NO_ERROR = 0;

  private UnreadBody() {}

  /** Returns whether a request's head speaks of a body. */
  static boolean isAnnounced(Exchange exchange) {
    String length = exchange.header(HttpHeaders.CONTENT_LENGTH);
    return length != null && !length.equals("0")
        || exchange.header(HttpHeaders.TRANSFER_ENCODING) != null
        || exchange.isHttp2() && length == null && Methods.haveBody(exchange.method());
  }

  /** Sees to it that what remains of a body ends; the exchange has been answered. */
  static void watch(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    if (request.isEnded() || !isAnnounced(exchange)) {
      return;
    }
    long millis = exchange.surroundings().limits().body().toMillis();
    exchange.vertx().setTimer(millis, late -> drop(exchange));
  }

  private static void drop(Exchange exchange) {
    if (exchange.request().isEnded()) {
      return;
    }
    if (exchange.isHttp2()) {
      exchange.request().response().reset(NO_ERROR);
    } else {
      exchange.request().connection().close();
    }
  }
}
