package dev.trackerd.gateway.http;

import com.google.protobuf.Message;
import dev.trackerd.gateway.call.CallHead;
import dev.trackerd.gateway.call.CallOutcome;
import dev.trackerd.gateway.call.ForwardedHeaders;
import dev.trackerd.gateway.call.RunningCall;
import dev.trackerd.gateway.wire.ByteBudget;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one method for one exchange, one after another: all end when the client leaves.
 * Belongs to the connection's thread.
 *
 * <p>A large reply has to fit into the {@link ByteBudget}. If it does not, it is dropped, and the
 * call is made again when there is room: who waits for a reader holds neither a thread nor a reply.
 * Only what may have changed something is never called twice.
 */
public final class Calls {

  /** What any caller can bring about, as often as it likes; the access log has a line for each. */
  private static final Set<Status.Code> ENDED_BY_CALLERS =
      EnumSet.of(Status.Code.CANCELLED, Status.Code.DEADLINE_EXCEEDED);

  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  // What a reply takes until it is printed, by a guess: its strings are objects.
  private static final int WEIGHT = 4;

  private final Exchange exchange;
  private final MethodDescriptor<Message, Message> rpc;
  private final ForwardedHeaders headers;
  private final UnaryOperator<com.google.rpc.Status> told;
  private RunningCall running;
  private int started;
  private boolean gone;

  /** What the last reply took, or the one that did not fit; 0 if it was small. Any thread. */
  private volatile long expected;

  /** Whether room was waited for, and what comes must fit therefore. Any thread. */
  private volatile boolean waited;

  /** Makes none yet; their failures are told as they come. */
  public Calls(
      Exchange exchange, MethodDescriptor<Message, Message> rpc, ForwardedHeaders headers) {
    this(exchange, rpc, headers, UnaryOperator.identity());
  }

  /**
   * Makes none yet.
   *
   * @param told makes of a service's failure what the caller is told
   */
  Calls(
      Exchange exchange,
      MethodDescriptor<Message, Message> rpc,
      ForwardedHeaders headers,
      UnaryOperator<com.google.rpc.Status> told) {
    this.exchange = exchange;
    this.rpc = rpc;
    this.headers = headers;
    this.told = told;
  }

  /**
   * Starts a call, unless the client has left; if the one before had a large reply, when there is
   * room for one more. A failure becomes the answer.
   *
   * @param reader given the reply: a small one on any thread, perhaps before this method returns; a
   *     large one on a thread that may be kept for long. What it throws becomes the answer
   */
  public void start(Message request, Deadline deadline, Consumer<Message> reader) {
    if (expected == 0 || exchange.lease().claim().tryHold(expected)) {
      call(request, deadline, reader);
    } else {
      await(request, deadline, reader);
    }
  }

  private void await(Message request, Deadline deadline, Consumer<Message> reader) {
    waited = true;
    Runnable go = limited(deadline, () -> call(request, deadline, reader));
    exchange.lease().claim().await(expected, go);
  }

  /** Returns what goes on with a part of the pipeline; once it is too late for that, it is not. */
  private Runnable limited(Deadline deadline, Runnable part) {
    long millis = deadline.timeRemaining(TimeUnit.MILLISECONDS);
    exchange.lease().limit(Math.max(1, millis), () -> exchange.fail(HttpErrors.overloaded()));
    Runnable inTime =
        () -> {
          if (exchange.lease().unlimit()) {
            part.run();
          }
        };
    return () -> exchange.resume(inTime);
  }

  private void call(Message request, Deadline deadline, Consumer<Message> reader) {
    if (gone || exchange.isOver()) {
      return;
    }
    if (started == 0) {
      exchange.onGone(this::cancel);
    }
    int mine = ++started;
    CallHead head = new CallHead(headers.metadata(), deadline);
    RunningCall call =
        exchange
            .surroundings()
            .caller()
            .call(
                rpc,
                request,
                head,
                outcome -> exchange.attempt(() -> take(reply(outcome), request, deadline, reader)));
    // Its outcome may have come already, and have started the next one.
    running = mine == started ? call : running;
  }

  private void cancel() {
    gone = true;
    if (running != null) {
      running.cancel();
    }
  }

  private void take(Message reply, Message request, Deadline deadline, Consumer<Message> reader) {
    int size = reply.getSerializedSize();
    if (size <= ByteBudget.SMALL) {
      expected = 0;
      exchange.lease().hold(0);
      reader.accept(reply);
      return;
    }
    expected = (long) WEIGHT * size;
    boolean fits = exchange.lease().claim().tryHold(expected);
    if (!fits && exchange.isSafe() && !waited) {
      exchange.resume(() -> await(request, deadline, reader));
      return;
    }
    if (!fits) {
      exchange.lease().claim().hold(expected);
    }
    waited = false;
    exchange.workInTurn(() -> reader.accept(reply));
  }

  private Message reply(CallOutcome outcome) {
    exchange.rename(ForwardedHeaders.requestId(outcome.metadata()));
    exchange.access().outcome(outcome);
    if (outcome instanceof CallOutcome.Reply reply) {
      if (ForwardedHeaders.isReplayed(reply.metadata())) {
        exchange.replayed();
      }
      return reply.message();
    }
    CallOutcome.Failure failure = (CallOutcome.Failure) outcome;
    if (failure.local() && !ENDED_BY_CALLERS.contains(failure.status().getCode())) {
      // The answer does not tell: the text may be of use to whoever runs this, and to nobody else.
      LOG.warn("Request {}: no answer from the service: {}", exchange.id(), failure.status());
    }
    throw HttpErrors.of(failure, told);
  }
}
