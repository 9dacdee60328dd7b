package dev.trackerd.server.rpc;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a handler return its reply or throw. What it throws becomes a status by {@link Statuses}; an
 * unexpected failure is logged here, once, with its stack and the request id.
 */
public final class Unary {
  private static final Logger LOG = LoggerFactory.getLogger(Unary.class);

  private Unary() {}

  /** Runs {@code handler} and sends what it returns, or the status of what it throws. */
  public static <T> void answer(StreamObserver<T> observer, Supplier<T> handler) {
    T reply;
    try {
      reply = handler.get();
    } catch (RuntimeException | Error e) {
      log(e, RpcContext.current().requestId());
      observer.onError(Statuses.of(e));
      return;
    }
    observer.onNext(reply);
    observer.onCompleted();
  }

  static void log(Throwable failure, String requestId) {
    if (!Statuses.isExpected(failure)) {
      LOG.atError().addKeyValue("request_id", requestId).setCause(failure).log("call failed");
    }
  }
}
