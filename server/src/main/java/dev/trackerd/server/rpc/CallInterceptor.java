package dev.trackerd.server.rpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Outermost: gives every call its {@link RpcContext} and its request id, which goes back in {@code
 * x-request-id}, and writes one line to the access log when the call ends, however it ends. Calls
 * of the health service are logged at DEBUG, because probes would fill the log.
 *
 * <p>Calls from inside the process are the gateway's, which writes a line for each of its answers:
 * it is told the account, in {@code x-account}, and no line is written here.
 */
final class CallInterceptor implements ServerInterceptor {
  private static final Logger ACCESS = LoggerFactory.getLogger("access");
  private static final Metadata.Key<String> ACCOUNT =
      Metadata.Key.of("x-account", Metadata.ASCII_STRING_MARSHALLER);
  private static final String HEALTH = "grpc.health.v1.Health/";

  private final LongSupplier nanoTime;

  /**
   * An interceptor that measures by {@code nanoTime}.
   *
   * @param nanoTime a monotonic clock in nanoseconds, such as {@code System::nanoTime}
   */
  CallInterceptor(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    RpcContext context = new RpcContext(CallIds.of(headers));
    LoggedCall<Q, R> logged = new LoggedCall<>(call, context);
    return new SimpleForwardingServerCallListener<>(
        Contexts.interceptCall(context.in(Context.current()), logged, headers, next)) {
      @Override
      public void onCancel() {
        logged.log(Status.CANCELLED);
        super.onCancel();
      }
    };
  }

  private final class LoggedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final RpcContext context;
    private final boolean inside;
    private final long start = nanoTime.getAsLong();
    private final AtomicBoolean told = new AtomicBoolean();
    private boolean headersSent;

    LoggedCall(ServerCall<Q, R> call, RpcContext context) {
      super(call);
      this.context = context;
      this.inside = call.getAttributes().get(Peer.KEY) == null;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headersSent = true;
      tell(headers);
      super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!headersSent) {
        tell(trailers);
      }
      try {
        super.close(status, trailers);
      } finally {
        // The answer is on its way: it waits for no line.
        if (!inside) {
          log(status);
        }
      }
    }

    private void tell(Metadata metadata) {
      metadata.put(CallIds.HEADER, context.requestId());
      if (inside) {
        context.caller().ifPresent(caller -> metadata.put(ACCOUNT, caller.account().value()));
      }
    }

    /** Once: a call that was cancelled may be closed afterwards by the thread that answers it. */
    private void log(Status status) {
      if (told.getAndSet(true)) {
        return;
      }
      String method = getMethodDescriptor().getFullMethodName();
      LoggingEventBuilder line =
          ACCESS
              .atLevel(method.startsWith(HEALTH) ? Level.DEBUG : Level.INFO)
              .addKeyValue("method", method);
      context.caller().ifPresent(caller -> line.addKeyValue("account", caller.account().value()));
      line.addKeyValue("status", status.getCode())
          .addKeyValue("duration_us", (nanoTime.getAsLong() - start) / 1000)
          .addKeyValue("request_id", context.requestId())
          .log("call");
    }
  }
}
