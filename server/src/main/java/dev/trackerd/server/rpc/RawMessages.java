package dev.trackerd.server.rpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

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

  /** Tells what is wrong with a message, when a request is whole, and how large its answers are. */
  private static final class Watch implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      OpenCall open = OpenCall.current();
      return new SimpleForwardingServerCallListener<>(
          next.startCall(new WatchedCall<>(call, open), headers)) {
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
          open.calls.wholeWithoutPlace(open);
          super.onHalfClose();
        }
      };
    }
  }

  private static final class WatchedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final OpenCall open;

    WatchedCall(ServerCall<Q, R> call, OpenCall open) {
      super(call);
      this.open = open;
    }

    @Override
    public void sendMessage(R message) {
      open.calls.grown(open, length((InputStream) message));
      super.sendMessage(message);
    }

    /** From here on the peer has to take what was sent. */
    @Override
    public void close(Status status, Metadata trailers) {
      open.calls.answered(open);
      super.close(status, trailers);
    }

    private static int length(InputStream message) {
      try {
        return message.available();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
