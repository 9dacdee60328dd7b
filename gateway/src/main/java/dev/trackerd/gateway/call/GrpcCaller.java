package dev.trackerd.gateway.call;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
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
   * Starts a call.
   *
   * @param context its metadata is handed over: it must not be used again
   * @param outcome told exactly once what the call came to, perhaps before this method returns. It
   *     must not throw
   * @return the call, to cancel it
   */
  public RunningCall call(
      MethodDescriptor<Message, Message> rpc,
      Message request,
      CallHead context,
      Consumer<CallOutcome> outcome) {
    OutcomeListener listener = new OutcomeListener(outcome);
    CallOptions options =
        OPTIONS.withDeadline(context.deadline()).withStreamTracerFactory(listener.tracers());
    ClientCall<Message, Message> call = channel.newCall(rpc, options);
    call.start(listener, context.metadata());
    try {
      // One reply and the end; a second reply would be noticed.
      call.request(2);
      call.sendMessage(request);
      call.halfClose();
    } catch (RuntimeException | Error e) {
      // The listener is told, as of every other failure.
      call.cancel("the request could not be sent", e);
    }
    return new RunningCall(call);
  }
}
