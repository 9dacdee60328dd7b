package dev.trackerd.server.rpc;

import dev.trackerd.v1.ErrorReason;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Refuses calls beyond so many in flight at once, so that a flood costs its senders an error
 * instead of costing everybody the memory of an endless queue.
 */
public final class LimitInterceptor implements ServerInterceptor {
  private final Semaphore permits;

  /** An interceptor that lets {@code maxCalls} calls be in flight. */
  public LimitInterceptor(int maxCalls) {
    permits = new Semaphore(maxCalls);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!permits.tryAcquire()) {
      throw new RequestException(
          ErrorReason.OVERLOADED, "The server has too many calls to do. Try again.");
    }
    Permit permit = new Permit();
    try {
      return new CountedListener<>(
          next.startCall(new CountedCall<>(call, permit), headers), permit);
    } catch (RuntimeException | Error e) {
      permit.release();
      throw e;
    }
  }

  /** Given back once, by whichever end of the call comes first. */
  private final class Permit {
    private final AtomicBoolean released = new AtomicBoolean();

    void release() {
      if (released.compareAndSet(false, true)) {
        permits.release();
      }
    }
  }

  private static final class CountedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final Permit permit;

    CountedCall(ServerCall<Q, R> call, Permit permit) {
      super(call);
      this.permit = permit;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      permit.release();
      super.close(status, trailers);
    }
  }

  private static final class CountedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Permit permit;

    CountedListener(ServerCall.Listener<Q> listener, Permit permit) {
      super(listener);
      this.permit = permit;
    }

    @Override
    public void onCancel() {
      permit.release();
      super.onCancel();
    }
  }
}
