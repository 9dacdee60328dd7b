package dev.trackerd.server.rpc;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.function.Function;

/** A unary method and how it is answered. Thread-safe. */
final class UnaryMethod<Q extends MessageLite, R extends MessageLite> {
  private final MethodDescriptor<Q, R> descriptor;
  private final Function<Q, R> handler;
  private final Function<Q, Optional<R>> attempt;

  /** Of the last answer: the next is likely to be as large. */
  private volatile int usualSize;

  UnaryMethod(
      MethodDescriptor<Q, R> descriptor, Function<Q, R> handler, Function<Q, Optional<R>> attempt) {
    this.descriptor = descriptor;
    this.handler = handler;
    this.attempt = attempt;
  }

  MethodDescriptor<Q, R> descriptor() {
    return descriptor;
  }

  /** Whether it may be done twice: the .proto says idempotency_level = NO_SIDE_EFFECTS. */
  boolean isSafe() {
    return descriptor.isSafe();
  }

  /** The answer, if it can be had at once. */
  Optional<R> attempt(RequestMessage<Q> request) {
    return request.isParsed() ? attempt.apply(request.message()) : Optional.empty();
  }

  R handle(Q request) {
    return handler.apply(request);
  }

  int usualSize() {
    return usualSize;
  }

  void answeredWith(int size) {
    if (size != usualSize) {
      usualSize = size;
    }
  }
}
