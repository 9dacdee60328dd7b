package dev.trackerd.server.rpc;

import com.google.protobuf.MessageLite;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.IdempotencyStore;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Builds a service of unary methods that return their reply or throw: what they throw becomes a
 * status by {@link Statuses}. Not thread-safe; what it builds is.
 */
public final class UnaryService {
  private final Admission admission;
  private final ServiceDescriptor service;
  private final IdempotencyStore keys;
  private final List<Bound<?, ?>> methods = new ArrayList<>();

  /** Begins a service; {@code keys} is null for one without {@link #once}. */
  UnaryService(Admission admission, ServiceDescriptor service, IdempotencyStore keys) {
    this.admission = admission;
    this.service = service;
    this.keys = keys;
  }

  /** A method, its descriptor for messages as bytes, and whether its calls may carry a key. */
  private record Bound<Q extends MessageLite, R extends MessageLite>(
      UnaryMethod<Q, R> method,
      MethodDescriptor<InputStream, InputStream> raw,
      boolean takesKeys) {}

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
    add(new UnaryMethod<>(method, handler, attempt), false);
    return this;
  }

  /**
   * Adds a method whose calls may carry a key, so that the change is made once.
   *
   * @param handler may block; makes the change under the key, if there is one
   * @param replay the answer of a request whose change was made, of what was kept of it with the
   *     key; changes nothing
   */
  public <Q extends MessageLite, R extends MessageLite> UnaryService once(
      MethodDescriptor<Q, R> method,
      BiFunction<Q, Optional<IdempotencyKey>, R> handler,
      BiFunction<Q, byte[], R> replay) {
    Function<Q, R> change =
        new IdempotentMethod<>(keys, handler, replay).named(method.getFullMethodName());
    add(new UnaryMethod<>(method, change, request -> Optional.empty()), true);
    return this;
  }

  /** The same where what is kept is the whole answer. */
  public <Q extends MessageLite, R extends MessageLite> UnaryService once(
      MethodDescriptor<Q, R> method, BiFunction<Q, Optional<IdempotencyKey>, R> handler) {
    return once(
        method, handler, (request, kept) -> method.parseResponse(new ByteArrayInputStream(kept)));
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
      UnaryMethod<Q, R> method, boolean takesKeys) {
    MethodDescriptor<InputStream, InputStream> raw =
        method.descriptor().toBuilder(RawMessages.MARSHALLER, RawMessages.MARSHALLER).build();
    methods.add(new Bound<>(method, raw, takesKeys));
  }

  private <Q extends MessageLite, R extends MessageLite> void add(
      ServerServiceDefinition.Builder definition, Bound<Q, R> bound) {
    definition.addMethod(
        bound.raw(),
        (call, headers) -> {
          if (bound.takesKeys()) {
            RpcContext.current().changesUnder(IdempotencyKeys.find(headers));
          }
          // A second message would be one too many, and is asked for so that it is seen.
          call.request(2);
          return new UnaryCall<>(admission, bound.method(), call);
        });
  }
}
