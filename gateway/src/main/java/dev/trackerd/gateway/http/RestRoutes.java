package dev.trackerd.gateway.http;

import com.google.protobuf.Message;
import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.route.PathTemplate;
import dev.trackerd.gateway.route.RouteMatch;
import dev.trackerd.gateway.route.RouteTable;
import dev.trackerd.gateway.transcode.BindingRule;
import dev.trackerd.gateway.transcode.HttpBinding;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/**
 * All routes of some services, compiled from the {@code google.api.http} rules of their methods.
 * Immutable and thread-safe.
 */
final class RestRoutes {

  private final RouteTable<RestRoute> table;

  private RestRoutes(RouteTable<RestRoute> table) {
    this.table = table;
  }

  /**
   * Compiles the rules of services as protoc's gRPC plugin generates them. Methods without a rule
   * have no route.
   *
   * @throws IllegalArgumentException if a rule is wrong or two can't be told apart; names them
   */
  static RestRoutes of(Collection<ServiceDescriptor> services) {
    RouteTable.Builder<RestRoute.Endpoint> routes = RouteTable.builder();
    for (ServiceDescriptor service : services) {
      for (MethodDescriptor<?, ?> rpc : service.getMethods()) {
        add(routes, rpc);
      }
    }
    return new RestRoutes(routes.build(RestRoute::new));
  }

  /** See {@link RouteTable#match}. */
  RouteMatch<RestRoute> match(String method, String path) {
    return table.match(method, path);
  }

  /** See {@link RouteTable#methods}. */
  SortedSet<String> methods(String path) {
    return table.methods(path);
  }

  private static void add(
      RouteTable.Builder<RestRoute.Endpoint> routes, MethodDescriptor<?, ?> rpc) {
    if (!(rpc.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema)
        || !(rpc.getRequestMarshaller() instanceof PrototypeMarshaller<?> marshaller)) {
      throw new IllegalArgumentException(rpc.getFullMethodName() + " has no protobuf descriptor");
    }
    Message request = (Message) marshaller.getMessagePrototype();
    List<BindingRule> rules = BindingRule.of(schema.getMethodDescriptor());
    for (BindingRule rule : rules) {
      PathTemplate template = parse(rule, rpc);
      HttpBinding binding =
          HttpBinding.compile(schema.getMethodDescriptor(), request, rule, template.variables());
      routes.add(
          rule.httpMethod(),
          template,
          new RestRoute.Endpoint(template, binding, GrpcCaller.unary(rpc)));
    }
  }

  private static PathTemplate parse(BindingRule rule, MethodDescriptor<?, ?> rpc) {
    try {
      return PathTemplate.parse(rule.template());
    } catch (IllegalArgumentException e) {
      String where = rpc.getFullMethodName() + ": " + rule.httpMethod() + " " + rule.template();
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }
}
