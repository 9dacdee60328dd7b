package dev.trackerd.gateway.http;

import com.google.protobuf.Message;
import dev.trackerd.gateway.route.PathTemplate;
import dev.trackerd.gateway.transcode.HttpBinding;
import dev.trackerd.gateway.transcode.HttpBindings;
import io.grpc.MethodDescriptor;
import java.util.List;

/** The endpoints that share an HTTP method and a path. Immutable and thread-safe. */
final class RestRoute {

  /**
   * A rule and the method that it leads to.
   *
   * @param template the path of the rule
   * @param binding the rule
   * @param rpc the method, as gRPC calls it
   */
  record Endpoint(
      PathTemplate template, HttpBinding binding, MethodDescriptor<Message, Message> rpc) {}

  private final List<Endpoint> endpoints;
  private final HttpBindings bindings;

  /**
   * Groups endpoints.
   *
   * @throws IllegalArgumentException if no request could tell them apart; names them
   */
  RestRoute(List<Endpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
    this.bindings = HttpBindings.of(endpoints.stream().map(Endpoint::binding).toList());
  }

  /** Returns the path's template; that of the first endpoint, where names of variables differ. */
  String template() {
    return endpoints.get(0).template().toString();
  }

  boolean isPublic() {
    return bindings.isPublic();
  }

  int maxBodyBytes() {
    return bindings.maxBodyBytes();
  }

  /** Returns the endpoint that a request is for. */
  Endpoint select(String query, byte[] body) {
    HttpBinding binding = bindings.select(query, body);
    for (Endpoint endpoint : endpoints) {
      if (endpoint.binding() == binding) {
        return endpoint;
      }
    }
    throw new IllegalStateException("a binding of another route");
  }
}
