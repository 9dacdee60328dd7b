package dev.trackerd.gateway.call;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.function.Consumer;

/** Gathers what a unary call came to. gRPC calls a listener by one thread at a time. */
final class OutcomeListener extends ClientCall.Listener<Message> {

  private final Consumer<CallOutcome> outcome;
  // Set by the transport's thread, which may be another one.
  private volatile boolean answered;
  private Metadata headers = new Metadata();
  private Message reply;
  private boolean unary = true;

  OutcomeListener(Consumer<CallOutcome> outcome) {
    this.outcome = outcome;
  }

  /**
   * Returns tracers that notice trailers: the one reliable sign that a status is the service's own.
   * Statuses that gRPC makes on this side look the same otherwise.
   */
  ClientStreamTracer.Factory tracers() {
    return new ClientStreamTracer.Factory() {
      @Override
      public ClientStreamTracer newClientStreamTracer(
          ClientStreamTracer.StreamInfo info, Metadata sent) {
        return new ClientStreamTracer() {
          @Override
          public void inboundTrailers(Metadata trailers) {
            answered = true;
          }
        };
      }
    };
  }

  @Override
  public void onHeaders(Metadata received) {
    headers = received;
  }

  @Override
  public void onMessage(Message message) {
    unary = reply == null;
    reply = message;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (!status.isOk()) {
      outcome.accept(new CallOutcome.Failure(status, trailers, !answered));
    } else if (reply == null || !unary) {
      Status broken = Status.INTERNAL.withDescription("not exactly one reply");
      outcome.accept(new CallOutcome.Failure(broken, trailers, true));
    } else {
      Message message = reply;
      // Whoever keeps the call, to cancel it, is not to keep the reply.
      reply = null;
      outcome.accept(new CallOutcome.Reply(message, headers));
    }
  }
}
