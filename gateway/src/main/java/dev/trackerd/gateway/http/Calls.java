package dev.trackerd.gateway.http;

import com.google.protobuf.Message;
import dev.trackerd.gateway.call.CallHead;
import dev.trackerd.gateway.call.CallOutcome;
import dev.trackerd.gateway.call.ForwardedHeaders;
import dev.trackerd.gateway.call.RunningCall;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of one method for one exchange, one after another: all end when the client leaves.
 * Belongs to the connection's thread.
 */
public final class Calls {

  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final Exchange exchange;
  private final MethodDescriptor<Message, Message> rpc;
  private final ForwardedHeaders headers;
  private RunningCall running;
  private volatile boolean gone;

  /** Makes none yet. */
  public Calls(
      Exchange exchange, MethodDescriptor<Message, Message> rpc, ForwardedHeaders headers) {
    this.exchange = exchange;
    this.rpc = rpc;
    this.headers = headers;
  }

  /**
   * Starts a call, unless the client has left. A failure becomes the answer.
   *
   * @param reader given the reply, on any thread; what it throws becomes the answer
   */
  public void start(Message request, Deadline deadline, Consumer<Message> reader) {
    if (gone) {
      return;
    }
    if (running == null) {
      exchange.onGone(this::cancel);
    }
    CallHead context = new CallHead(headers.metadata(), deadline);
    running =
        exchange
            .surroundings()
            .caller()
            .call(
                rpc,
                request,
                context,
                outcome -> exchange.attempt(() -> reader.accept(reply(outcome))));
  }

  private void cancel() {
    gone = true;
    running.cancel();
  }

  private Message reply(CallOutcome outcome) {
    exchange.rename(ForwardedHeaders.requestId(outcome.metadata()));
    if (outcome instanceof CallOutcome.Reply reply) {
      return reply.message();
    }
    CallOutcome.Failure failure = (CallOutcome.Failure) outcome;
    if (failure.local() && failure.status().getCode() != Status.Code.CANCELLED) {
      // The answer does not tell: the text may be of use to whoever runs this, and to nobody else.
      LOG.warn("Request {}: no answer from the service: {}", exchange.id(), failure.status());
    }
    throw HttpErrors.of(failure);
  }
}
