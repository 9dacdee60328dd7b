package dev.trackerd.gateway.http;

import dev.trackerd.gateway.call.ForwardedHeaders;
import dev.trackerd.gateway.route.RouteMatch;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/**
 * The pipeline of a request: match, decode, call, encode. What fails in any of them becomes an
 * answer in one place, {@link Exchange#attempt}. Never blocks.
 *
 * <p>Order of refusals: no route 404, 405; no credential 401, before a body is read; 413; 415; what
 * does not fit the rule 400; then whatever the service says.
 */
final class GatewayHandler implements Handler<HttpServerRequest> {

  private final Routes routes;
  private final Backend backend;
  private final Surroundings surroundings;
  private final Probes probes;
  private final UiPages pages;

  GatewayHandler(Routes routes, Backend backend, Surroundings surroundings, UiPages pages) {
    this.routes = routes;
    this.backend = backend;
    this.surroundings = surroundings;
    this.probes = new Probes(backend);
    this.pages = pages;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, surroundings);
    exchange.attempt(() -> begin(exchange));
  }

  /** Answers a request that HTTP's own rules refuse; the connection is closed afterwards. */
  void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Exchange exchange = new Exchange(request, surroundings);
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    if (cause instanceof TooLongHttpLineException) {
      exchange.fail(HttpErrors.malformed(414, "The request line is too long."));
    } else if (cause instanceof TooLongHttpHeaderException) {
      exchange.fail(HttpErrors.malformed(431, "The header fields are too long."));
    } else {
      exchange.fail(HttpErrors.malformed(400, "The request is not well-formed HTTP."));
    }
  }

  private void begin(Exchange exchange) {
    if (AwsCall.isMeant(exchange)) {
      AwsCall.start(exchange, routes.operations(), backend);
      return;
    }
    String path = exchange.target().path();
    String method = Methods.routed(exchange.method());
    if (method.equals(Methods.OPTIONS)) {
      tellMethods(exchange, path);
    } else if (Probes.has(path)) {
      probes.answer(exchange, method);
    } else if (pages.has(exchange)) {
      pages.answer(exchange, method);
    } else {
      RouteMatch<Route> match = routes.match(method, path);
      ForwardedHeaders headers = ForwardedHeaders.of(exchange.request().headers(), exchange.id());
      requireCredential(match.target(), headers);
      new RestCall(exchange, match, headers, backend).start();
    }
  }

  private void tellMethods(Exchange exchange, String path) {
    Set<String> methods = methods(exchange, path);
    if (methods.isEmpty()) {
      // There is none; the failure says so as it does for every other method.
      routes.match(Methods.OPTIONS, path);
    }
    exchange.tellMethods(Methods.allow(methods));
  }

  private Set<String> methods(Exchange exchange, String path) {
    if (Probes.has(path)) {
      return Probes.METHODS;
    }
    return pages.has(exchange) ? UiPages.METHODS : routes.methods(path);
  }

  private static void requireCredential(Route route, ForwardedHeaders headers) {
    if (headers.isAmbiguous()) {
      throw HttpErrors.credentialAmbiguous();
    }
    if (!headers.hasCredential() && !route.isPublic()) {
      throw HttpErrors.credentialMissing();
    }
  }
}
