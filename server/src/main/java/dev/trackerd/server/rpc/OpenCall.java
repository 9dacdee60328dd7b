package dev.trackerd.server.rpc;

import dev.trackerd.server.store.AccountId;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One call from its arrival to the end of its stream, which gRPC tells exactly once, however the
 * stream ends; an interceptor hears of some ends only. Ends a stream from outside through the
 * call's {@link Context}: when that is cancelled by a {@link TimeoutException}, gRPC resets the
 * stream and frees what was queued for it ({@code ServerImpl.ServerStreamCancellationListener}).
 */
final class OpenCall extends ServerStreamTracer {
  static final long NOT_COUNTED = -1;

  private static final Context.Key<OpenCall> KEY = Context.key("open-call");

  /** How far a call has come. */
  enum Stage {
    INCOMPLETE,
    WHOLE,
    STREAMING,
    ANSWERED
  }

  /** What waits for its turn on behalf of a call. */
  interface Waiting {
    /** Forgets the call if it waits still, and says whether it did. */
    boolean withdraw();

    /** Answers a call that was withdrawn because its time is over. */
    void expire();
  }

  final OpenCalls calls;

  /** Grows with each call. */
  final long number;

  /**
   * What it counts for among the bytes of all calls that have no place, as {@link OpenCalls} adds
   * them up; {@link #NOT_COUNTED} once it is none of them.
   */
  final AtomicLong placelessBytes = new AtomicLong();

  volatile Stage stage = Stage.INCOMPLETE;

  /** When the call came to its stage. */
  volatile long since;

  volatile boolean hasDeadline;

  /** Whether the answer may have any number of messages. */
  volatile boolean streams;

  private volatile boolean sendsMore;
  volatile Waiting waiting;

  /** Length of the request once it is whole, as its place is counted by. */
  volatile long requestBytes;

  // Changed by CallPlaces only, under its lock.
  volatile boolean closed;
  boolean placed;
  AccountId account;
  Tenant tenant;

  /** Null inside the process. */
  Peer peer;

  // Guarded by UnreadAnswers.
  boolean gone;
  long unread;

  private volatile Context.CancellableContext context;
  private volatile String ending;

  OpenCall(OpenCalls calls, long number, long now) {
    this.calls = calls;
    this.number = number;
    this.since = now;
  }

  /** The call that this thread works for. */
  static OpenCall current() {
    OpenCall call = KEY.get();
    if (call == null) {
      throw new IllegalStateException("no OpenCall: the server runs without Admission");
    }
    return call;
  }

  @Override
  public Context filterContext(Context outer) {
    context = outer.withValue(KEY, this).withCancellation();
    String reason = ending;
    if (reason != null) {
      end(reason);
    }
    return context;
  }

  @Override
  public void serverCallStarted(ServerCallInfo<?, ?> call) {
    peer = call.getAttributes().get(Peer.KEY);
    MethodDescriptor.MethodType type = call.getMethodDescriptor().getType();
    streams = !type.serverSendsOneMessage();
    sendsMore = !type.clientSendsOneMessage();
  }

  @Override
  public void inboundMessage(int number) {
    if (sendsMore) {
      calls.goesOn(this);
    }
  }

  @Override
  public void inboundWireSize(long bytes) {
    calls.grown(this, bytes);
  }

  @Override
  public void streamClosed(Status status) {
    calls.closed(this);
  }

  /** Ends the stream; the caller sees CANCELLED. */
  void end(String reason) {
    ending = reason;
    Context.CancellableContext here = context;
    if (here != null) {
      here.cancel(new TimeoutException(reason));
    }
  }
}
