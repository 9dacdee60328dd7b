package dev.trackerd.server.rpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.io.InputStream;

/**
 * Services whose messages gRPC hands over as they came: they are parsed behind the interceptors,
 * where a failure is answered and nothing is lost. Inside the process the stream stays the message.
 */
final class RawMessages {
  /** Hands streams on. */
  static final Marshaller<InputStream> MARSHALLER =
      new Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
          return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
          return stream;
        }
      };

  private RawMessages() {}

  /** Makes any service one of those. */
  static ServerServiceDefinition of(ServerServiceDefinition service) {
    return ServerInterceptors.intercept(
        ServerInterceptors.useMarshalledMessages(service, MARSHALLER), new Watch());
  }

  /** Tells what is wrong with a message, and when a request is whole. */
  private static final class Watch implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      OpenCall open = OpenCall.current();
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        public void onMessage(Q message) {
          Malformed.guard(
              () -> {
                super.onMessage(message);
                return null;
              });
        }

        @Override
        public void onHalfClose() {
          open.calls.whole(open);
          super.onHalfClose();
        }
      };
    }
  }
}
