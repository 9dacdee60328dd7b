package dev.trackerd.server.rpc;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Builds a service of unary methods that return their reply or throw: what they throw becomes a
 * status by {@link Statuses}. Not thread-safe; what it builds is.
 */
public final class UnaryService {
  private final Admission admission;
  private final ServiceDescriptor service;
  private final List<Bound<?, ?>> methods = new ArrayList<>();

  UnaryService(Admission admission, ServiceDescriptor service) {
    this.admission = admission;
    this.service = service;
  }

  /** A method, and its descriptor for messages as bytes. */
  private record Bound<Q extends MessageLite, R extends MessageLite>(
      UnaryMethod<Q, R> method, MethodDescriptor<InputStream, InputStream> raw) {}

  /** Adds a method whose handler may block. */
  public <Q extends MessageLite, R extends MessageLite> UnaryService method(
      MethodDescriptor<Q, R> method, Function<Q, R> handler) {
    return method(method, handler, request -> Optional.empty());
  }

  /**
   * Adds a method that may be answered on the thread that the call came on.
   *
   * @param handler may block
   * @param attempt the answer if it can be had at once, else empty; tried first; never blocks
   */
  public <Q extends MessageLite, R extends MessageLite> UnaryService method(
      MethodDescriptor<Q, R> method, Function<Q, R> handler, Function<Q, Optional<R>> attempt) {
    methods.add(
        new Bound<>(
            new UnaryMethod<>(method, handler, attempt),
            method.toBuilder(RawMessages.MARSHALLER, RawMessages.MARSHALLER).build()));
    return this;
  }

  /**
   * Returns the service.
   *
   * @throws IllegalStateException if a method of its descriptor is missing
   */
  public ServerServiceDefinition build() {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getName())
            .setSchemaDescriptor(service.getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.raw()));
    var definition = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(method -> add(definition, method));
    if (methods.size() != service.getMethods().size()) {
      throw new IllegalStateException("a method of " + service.getName() + " is missing");
    }
    return definition.build();
  }

  private <Q extends MessageLite, R extends MessageLite> void add(
      ServerServiceDefinition.Builder definition, Bound<Q, R> bound) {
    definition.addMethod(
        bound.raw(),
        (call, headers) -> {
          // A second message would be one too many, and is asked for so that it is seen.
          call.request(2);
          return new UnaryCall<>(admission, bound.method(), call);
        });
  }
}
