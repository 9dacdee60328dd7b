package dev.trackerd.server.rpc;

import com.google.protobuf.MessageLite;
import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.store.AccountId;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One call of a unary method. Up to the end of the request it runs on the thread of its transport
 * and never blocks; then it is answered there, if that needs no blocking, or takes its turn on the
 * threads of its lane. A call whose deadline has passed when its turn comes costs nothing more. An
 * answer for which there is no room is dropped, and made again when there is.
 */
final class UnaryCall<Q extends MessageLite, R extends MessageLite>
    extends ServerCall.Listener<InputStream> implements Runnable, OpenCall.Waiting {
  private static final Object NO_ACCOUNT = new Object();

  private final Admission admission;
  private final UnaryMethod<Q, R> method;
  private final ServerCall<InputStream, InputStream> call;
  private final Context context = Context.current();
  private final RpcContext rpc = RpcContext.current();
  private final OpenCall open = OpenCall.current();
  private volatile RequestMessage<Q> request;

  UnaryCall(
      Admission admission, UnaryMethod<Q, R> method, ServerCall<InputStream, InputStream> call) {
    this.admission = admission;
    this.method = method;
    this.call = call;
    open.hasDeadline = context.getDeadline() != null;
  }

  @Override
  public void onMessage(InputStream message) {
    if (request != null) {
      throw RequestException.malformed("more than one message (expected: one)");
    }
    request = RequestMessage.read(message, method.descriptor());
  }

  @Override
  public void onHalfClose() {
    if (request == null) {
      throw RequestException.malformed("no message (expected: one)");
    }
    open.requestBytes = request.size();
    open.calls.whole(open);
    admission.takePlace(open, account());
    Optional<R> reply = rpc.isConfirmed() ? method.attempt(request) : Optional.empty();
    if (reply.isPresent()) {
      open.calls.unread().force(open, reply.get().getSerializedSize());
      send(reply.get());
    } else {
      queue();
    }
  }

  @Override
  public void run() {
    context.run(this::answer);
  }

  @Override
  public boolean withdraw() {
    return lane().remove(owner(), this) || open.calls.unread().withdraw(open);
  }

  @Override
  public void expire() {
    request = null;
    call.close(
        Status.DEADLINE_EXCEEDED.withDescription("The call waited too long for its turn."),
        new Metadata());
  }

  private void queue() {
    open.waiting = this;
    lane().add(owner(), this);
    // A stream that ended before it could know of this has taken nothing back.
    if (open.closed) {
      withdraw();
    }
  }

  private void answer() {
    try {
      if (context.isCancelled()) {
        request = null;
        return;
      }
      Deadline deadline = context.getDeadline();
      if (deadline != null && deadline.isExpired()) {
        expire();
        return;
      }
      rpc.confirm();
      execute();
    } catch (RuntimeException | Error e) {
      request = null;
      fail(e);
    }
  }

  private void execute() {
    UnreadAnswers unread = open.calls.unread();
    if (method.isSafe() && unread.mustWait(open, method.usualSize())) {
      unread.await(open, method.usualSize(), this::queue);
      return;
    }
    R reply = admission.large().work(request.size(), () -> method.handle(request.message()));
    int size = reply.getSerializedSize();
    method.answeredWith(size);
    if (!method.isSafe()) {
      unread.force(open, size);
    } else if (!unread.add(open, size)) {
      unread.await(open, size, this::queue);
      return;
    }
    send(reply);
  }

  private void send(R reply) {
    request = null;
    open.waiting = null;
    Metadata headers = new Metadata();
    if (rpc.isReplayed()) {
      IdempotencyKeys.tellReplay(headers);
    }
    call.sendHeaders(headers);
    call.sendMessage(method.descriptor().streamResponse(reply));
    open.calls.answered(open);
    call.close(Status.OK, new Metadata());
  }

  private void fail(Throwable failure) {
    Statuses.log(failure, rpc.requestId());
    StatusRuntimeException status = Statuses.of(failure);
    call.close(status.getStatus(), status.getTrailers());
  }

  /** Callers without a credential do no more than compute: they don't queue behind commits. */
  private FairQueue lane() {
    if (rpc.caller().isEmpty()) {
      return admission.lanes().tokens();
    }
    return method.isSafe() ? admission.lanes().reads() : admission.lanes().writes();
  }

  private Object owner() {
    return account().<Object>map(id -> id).orElse(NO_ACCOUNT);
  }

  private Optional<AccountId> account() {
    return rpc.caller().map(Caller::account);
  }
}
