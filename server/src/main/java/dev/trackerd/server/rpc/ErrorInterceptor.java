package dev.trackerd.server.rpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Guards both doors by which a failure leaves a handler: one that is thrown, which gRPC would send
 * as UNKNOWN without a log line, and one that is handed to {@code onError} unmapped, which would
 * carry the text of an exception to the caller. Both become a status of {@link Statuses}.
 */
final class ErrorInterceptor implements ServerInterceptor {

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    GuardedCall<Q, R> guarded = new GuardedCall<>(call);
    try {
      return new GuardedListener<>(guarded, next.startCall(guarded, headers));
    } catch (RuntimeException | Error e) {
      guarded.fail(e);
      return new ServerCall.Listener<>() {};
    }
  }

  private static final class GuardedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final RpcContext context = RpcContext.current();
    private boolean closed;

    GuardedCall(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      // gRPC makes UNKNOWN of an exception that is no status; nothing here answers UNKNOWN itself.
      if (status.getCode() == Status.Code.UNKNOWN) {
        fail(status.getCause() == null ? status.asRuntimeException() : status.getCause());
      } else if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }

    void fail(Throwable failure) {
      if (closed) {
        return;
      }
      closed = true;
      Statuses.log(failure, context.requestId());
      StatusRuntimeException status = Statuses.of(failure);
      super.close(status.getStatus(), status.getTrailers());
    }
  }

  private static final class GuardedListener<Q, R> extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, R> call;

    GuardedListener(GuardedCall<Q, R> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    @Override
    public void onCancel() {
      guard(super::onCancel);
    }

    @Override
    public void onComplete() {
      guard(super::onComplete);
    }

    private void guard(Runnable event) {
      try {
        event.run();
      } catch (RuntimeException | Error e) {
        call.fail(e);
      }
    }
  }
}
