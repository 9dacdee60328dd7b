package dev.trackerd.gateway.call;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes unary calls on a channel without blocking. Thread-safe.
 *
 * <p>Outcomes are delivered on the channel's own threads: work done there costs no change of
 * threads, work that blocks there stops other calls.
 */
public final class GrpcCaller {

  // gRPC knows this one by its identity, and does without a queue then.
  private static final CallOptions OPTIONS =
      CallOptions.DEFAULT.withExecutor(MoreExecutors.directExecutor());

  private static final Set<Status.Code> LOST =
      EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);

  private final Channel channel;

  /** Makes a caller on a channel, which stays its owner's to close. */
  public GrpcCaller(Channel channel) {
    this.channel = channel;
  }

  /**
   * Returns a method as one between messages of any type, as it is called here.
   *
   * @throws IllegalArgumentException if it is not unary
   */
  @SuppressWarnings("unchecked") // A message of another type fails in the method's own marshaller.
  public static MethodDescriptor<Message, Message> unary(MethodDescriptor<?, ?> rpc) {
    if (rpc.getType() != MethodDescriptor.MethodType.UNARY) {
      throw new IllegalArgumentException(rpc.getFullMethodName() + " is a streaming method");
    }
    return (MethodDescriptor<Message, Message>) rpc;
  }

  /**
   * Starts a call. One of a method that changes nothing ({@code idempotency_level} is {@code
   * NO_SIDE_EFFECTS}) is made a second time, within its deadline, if its connection was lost before
   * there was an answer; no other ever is, unless it never reached a server.
   *
   * @param head its metadata is handed over: it must not be used again
   * @param outcome told exactly once what the call came to, perhaps before this method returns. It
   *     must not throw
   * @return the call, to cancel it
   */
  public RunningCall call(
      MethodDescriptor<Message, Message> rpc,
      Message request,
      CallHead head,
      Consumer<CallOutcome> outcome) {
    RunningCall running = new RunningCall();
    CallOptions options = OPTIONS.withDeadline(head.deadline());
    Try last = new Try(rpc, request, head.metadata(), outcome);
    if (rpc.isSafe()) {
      Attempt attempt = new Attempt();
      Consumer<CallOutcome> first =
          told -> {
            attempt.end();
            if (isLost(told) && !running.isCancelled() && !head.deadline().isExpired()) {
              running.is(2, start(last, options, null));
            } else {
              outcome.accept(told);
            }
          };
      Try repeatable = new Try(rpc, request, head.metadata(), first);
      running.is(1, start(repeatable, options.withOption(Attempt.KEY, attempt), attempt));
    } else {
      running.is(1, start(last, options, null));
    }
    return running;
  }

  /** What is tried, and who is told of its end. */
  private record Try(
      MethodDescriptor<Message, Message> rpc,
      Message request,
      Metadata metadata,
      Consumer<CallOutcome> outcome) {}

  private ClientCall<Message, Message> start(Try made, CallOptions options, Attempt attempt) {
    OutcomeListener listener = new OutcomeListener(made.outcome());
    ClientCall<Message, Message> call =
        channel.newCall(made.rpc(), options.withStreamTracerFactory(listener.tracers()));
    if (attempt != null) {
      attempt.of(call);
    }
    call.start(listener, made.metadata());
    try {
      // One reply and the end; a second reply would be noticed.
      call.request(2);
      call.sendMessage(made.request());
      call.halfClose();
    } catch (RuntimeException | Error e) {
      // The listener is told, as of every other failure.
      call.cancel("the request could not be sent", e);
    }
    return call;
  }

  /** What ends so on this side has lost its connection, or was given up. */
  private static boolean isLost(CallOutcome outcome) {
    return outcome instanceof CallOutcome.Failure failure
        && failure.local()
        && LOST.contains(failure.status().getCode());
  }
}
