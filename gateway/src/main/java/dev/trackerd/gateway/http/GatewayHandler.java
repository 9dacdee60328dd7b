package dev.trackerd.gateway.http;

import dev.trackerd.gateway.wire.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * Hands each request to the dialect that it is of. What fails in the pipeline becomes an answer in
 * one place, {@link Exchange#attempt}. Never blocks. Thread-safe.
 */
public final class GatewayHandler implements Handler<HttpServerRequest> {

  private final List<Dialect> dialects;
  private final Surroundings surroundings;

  /**
   * Makes a handler.
   *
   * @param dialects the first that a request is meant for answers it; the last takes all, and also
   *     says how failures look that come before
   */
  public GatewayHandler(List<Dialect> dialects, Surroundings surroundings) {
    this.dialects = List.copyOf(dialects);
    this.surroundings = surroundings;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Dialect last = dialects.get(dialects.size() - 1);
    Exchange exchange = new Exchange(request, surroundings, last);
    Optional<Refusal> refusal = Refusal.of(request);
    if (refusal.isPresent()) {
      // The connection is closed afterwards.
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      exchange.fail(HttpErrors.malformed(refusal.get().httpStatus(), refusal.get().message()));
    } else {
      exchange.attempt(() -> begin(exchange));
    }
  }

  private void begin(Exchange exchange) {
    for (Dialect dialect : dialects) {
      if (dialect.isMeant(exchange)) {
        exchange.speak(dialect);
        dialect.answer(exchange);
        return;
      }
    }
  }
}
