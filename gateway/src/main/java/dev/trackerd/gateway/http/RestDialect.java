package dev.trackerd.gateway.http;

import dev.trackerd.gateway.call.ForwardedHeaders;
import dev.trackerd.gateway.route.RouteException;
import dev.trackerd.gateway.route.RouteMatch;
import dev.trackerd.gateway.transcode.StatusJson;
import io.grpc.ServiceDescriptor;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The dialect of the {@code google.api.http} rules, in which a request's method and path say what
 * it is for. Takes every request, and answers those for {@link Resource}s too.
 *
 * <p>Order of refusals: no route 404, 405; no credential 401, before a body is read; 413; 415; what
 * does not fit the rule 400; then whatever the service says.
 */
public final class RestDialect implements Dialect {

  private static final CharSequence CORS_HEADERS =
      HttpHeaders.createOptimized("authorization,content-type,idempotency-key,x-api-key");

  private final RestRoutes routes;
  private final List<Resource> resources;

  private RestDialect(RestRoutes routes, List<Resource> resources) {
    this.routes = routes;
    this.resources = resources;
  }

  /**
   * Compiles the rules of services as protoc's gRPC plugin generates them. Methods without a rule
   * have no route.
   *
   * @param resources what is served besides them and {@link Probes}
   * @throws IllegalArgumentException if a rule is wrong or two can't be told apart; names them
   */
  public static RestDialect of(
      Collection<ServiceDescriptor> services, Collection<Resource> resources) {
    List<Resource> all = Stream.concat(Stream.of(new Probes()), resources.stream()).toList();
    return new RestDialect(RestRoutes.of(services), all);
  }

  @Override
  public boolean isMeant(Exchange exchange) {
    return true;
  }

  @Override
  public void answer(Exchange exchange) {
    Optional<Resource> resource =
        resources.stream().filter(candidate -> candidate.has(exchange)).findFirst();
    resource.ifPresent(found -> exchange.access().route(found.template(exchange)));
    String method = Methods.routed(exchange.method());
    if (method.equals(Methods.OPTIONS)) {
      tellMethods(exchange, resource);
    } else if (resource.isPresent()) {
      answer(exchange, method, resource.get());
    } else {
      RouteMatch<RestRoute> match = match(exchange, method);
      ForwardedHeaders headers = ForwardedHeaders.of(exchange.request().headers(), exchange.id());
      requireCredential(match.target(), headers);
      new RestCall(exchange, match, headers).start();
    }
  }

  private static void answer(Exchange exchange, String method, Resource resource) {
    if (!resource.methods().contains(method)) {
      throw HttpErrors.methodNotAllowed(resource.methods());
    }
    resource.answer(exchange, method);
  }

  private RouteMatch<RestRoute> match(Exchange exchange, String method) {
    String path = exchange.target().path();
    try {
      RouteMatch<RestRoute> match = routes.match(method, path);
      exchange.access().route(match.target().template());
      return match;
    } catch (RouteException e) {
      note(exchange, e.allowed());
      throw e;
    }
  }

  /** Has the log know the path of a request that is not answered by a route of its own. */
  private void note(Exchange exchange, Set<String> methods) {
    if (!methods.isEmpty()) {
      String any = methods.iterator().next();
      exchange.access().route(routes.match(any, exchange.target().path()).target().template());
    }
  }

  private void tellMethods(Exchange exchange, Optional<Resource> resource) {
    String path = exchange.target().path();
    Set<String> methods = resource.map(Resource::methods).orElseGet(() -> routes.methods(path));
    if (methods.isEmpty()) {
      // There is none; the failure says so as it does for every other method.
      routes.match(Methods.OPTIONS, path);
    }
    if (resource.isEmpty()) {
      note(exchange, methods);
    }
    exchange.answer().tellMethods(Methods.allow(methods), CORS_HEADERS);
  }

  private static void requireCredential(RestRoute route, ForwardedHeaders headers) {
    if (headers.isAmbiguous()) {
      throw HttpErrors.credentialAmbiguous();
    }
    if (!headers.hasCredential() && !route.isPublic()) {
      throw HttpErrors.credentialMissing();
    }
  }

  @Override
  public void describe(Exchange exchange, MultiMap headers) {
    headers.set(HttpHeaders.CONTENT_TYPE, AnswerHead.JSON);
  }

  @Override
  public Failed fail(HttpFailure failure, MultiMap headers) {
    AnswerHead.addFailure(headers, failure);
    return new Failed(failure.httpStatus(), StatusJson.print(failure.body()));
  }
}
