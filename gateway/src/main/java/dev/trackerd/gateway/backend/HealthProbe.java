package dev.trackerd.gateway.backend;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.Helper;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.SynchronizationContext.ScheduledHandle;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks one server every second how it is ({@code grpc.health.v1.Health/Check}), from when it is
 * started until it is stopped. Asking is what notices a server that hangs: a stream of {@code
 * Watch} just stays silent, and a connection is kept by the kernel. Belongs to the channel's
 * synchronization context.
 *
 * <p>Has a connection of its own: on the calls' own it might wait behind as many as the server
 * takes at once, and a server that is busy would pass for one that hangs.
 */
final class HealthProbe {

  private static final long PERIOD_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 2_000;
  private static final HealthCheckRequest WHOLE = HealthCheckRequest.getDefaultInstance();

  private final Helper helper;
  private final ManagedChannel channel;
  private final Consumer<Standing> told;
  private ListenableFuture<HealthCheckResponse> asked;
  private ScheduledHandle next;

  /**
   * Does not ask yet.
   *
   * @param told what each question came to
   */
  HealthProbe(Helper helper, EquivalentAddressGroup address, Consumer<Standing> told) {
    this.helper = helper;
    this.channel = helper.createOobChannel(address, helper.getAuthority());
    this.told = told;
  }

  /** Asks at once, and again and again. */
  void start() {
    stop();
    ask();
  }

  /** Asks no more; what is asked now is of no interest. */
  void stop() {
    if (next != null) {
      next.cancel();
      next = null;
    }
    if (asked != null) {
      ListenableFuture<HealthCheckResponse> last = asked;
      asked = null;
      last.cancel(true);
    }
  }

  /** Stops for good. */
  void close() {
    stop();
    channel.shutdownNow();
  }

  private void ask() {
    next = null;
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    ListenableFuture<HealthCheckResponse> answer =
        ClientCalls.futureUnaryCall(channel.newCall(HealthGrpc.getCheckMethod(), options), WHOLE);
    asked = answer;
    FutureCallback<HealthCheckResponse> callback =
        new FutureCallback<>() {
          @Override
          public void onSuccess(HealthCheckResponse reply) {
            tell(answer, standing(reply.getStatus()));
          }

          @Override
          public void onFailure(Throwable failure) {
            tell(answer, standing(Status.fromThrowable(failure).getCode()));
          }
        };
    Futures.addCallback(answer, callback, helper.getSynchronizationContext());
  }

  private void tell(ListenableFuture<HealthCheckResponse> answer, Standing standing) {
    if (asked != answer) {
      return;
    }
    asked = null;
    next =
        helper
            .getSynchronizationContext()
            .schedule(
                this::ask,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS,
                helper.getScheduledExecutorService());
    told.accept(standing);
  }

  private static Standing standing(ServingStatus status) {
    return status == ServingStatus.SERVING ? Standing.SERVING : Standing.NOT_SERVING;
  }

  private static Standing standing(Status.Code code) {
    return switch (code) {
      case DEADLINE_EXCEEDED -> Standing.SILENT;
      // It has no such service, or is too busy to say: either way it is there.
      case UNIMPLEMENTED, RESOURCE_EXHAUSTED -> Standing.SERVING;
      default -> Standing.NOT_SERVING;
    };
  }
}
