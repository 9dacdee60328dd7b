package dev.trackerd.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;

/**
 * Cross-origin answers (the Fetch standard) for a fixed set of origins. Immutable and thread-safe.
 */
public final class Cors {

  private static final CharSequence METHODS =
      HttpHeaders.createOptimized("GET,POST,PUT,PATCH,DELETE,OPTIONS");
  // Beyond those that every page may read. The date is what AWS' SDKs set their clock by.
  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized(
          "idempotent-replayed,retry-after,x-request-id,x-amzn-requestid,x-amzn-errortype,date");
  // Seconds: browsers keep an answer for two hours at most.
  private static final CharSequence MAX_AGE = HttpHeaders.createOptimized("7200");
  private static final String REQUEST_METHOD = "access-control-request-method";

  private final Set<String> origins;

  /**
   * Makes the rules.
   *
   * @param origins what may call from a browser, compared exactly; empty turns it off
   */
  Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /** Adds what every answer has. */
  void decorate(MultiMap request, MultiMap response) {
    if (origins.isEmpty()) {
      return;
    }
    response.add(HttpHeaders.VARY, "Origin");
    String origin = request.get(HttpHeaders.ORIGIN);
    if (origin != null && origins.contains(origin)) {
      response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      response.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
  }

  /**
   * Adds what the answer to an OPTIONS request has if that is a preflight of an allowed origin.
   *
   * @param headers the header fields that such a request may have, comma-separated
   */
  void decoratePreflight(MultiMap request, MultiMap response, CharSequence headers) {
    String origin = request.get(HttpHeaders.ORIGIN);
    if (origin != null && origins.contains(origin) && request.contains(REQUEST_METHOD)) {
      response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
      response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
      response.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    }
  }
}
