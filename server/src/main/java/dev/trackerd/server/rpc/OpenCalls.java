package dev.trackerd.server.rpc;

import dev.trackerd.server.rpc.OpenCall.Stage;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * All calls whose streams have not ended, and the one clock that ends those which take too long: a
 * timer for each would cost more than most calls. Thread-safe.
 */
final class OpenCalls extends ServerStreamTracer.Factory {
  /** What is ended at once of too many incomplete calls: looking for the oldest takes time. */
  private static final int SHED_PART = 8;

  private final CallLimits limits;
  private final CallPlaces places;
  private final UnreadAnswers unread;
  private final LongSupplier nanoTime;
  private final Set<OpenCall> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong arrived = new AtomicLong();
  private final AtomicInteger placeless = new AtomicInteger();
  private final AtomicLong placelessBytes = new AtomicLong();

  OpenCalls(CallLimits limits, CallPlaces places, UnreadAnswers unread, LongSupplier nanoTime) {
    this.limits = limits;
    this.places = places;
    this.unread = unread;
    this.nanoTime = nanoTime;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    OpenCall call = new OpenCall(this, arrived.incrementAndGet(), nanoTime.getAsLong());
    open.add(call);
    if (placeless.incrementAndGet() > limits.incompleteCalls()) {
      shed();
    }
    return call;
  }

  /** The request of {@code call} has grown, or the answer of one that takes no place. */
  void grown(OpenCall call, long bytes) {
    long before =
        call.placelessBytes.getAndUpdate(
            counted -> counted == OpenCall.NOT_COUNTED ? counted : counted + bytes);
    if (before != OpenCall.NOT_COUNTED && placelessBytes.addAndGet(bytes) > limits.requestBytes()) {
      shed();
    }
  }

  /** Another message of a call that sends several has begun. */
  void goesOn(OpenCall call) {
    call.since = nanoTime.getAsLong();
  }

  /** The request of {@code call} is whole. */
  void whole(OpenCall call) {
    placed(call);
    wholeWithoutPlace(call);
  }

  /**
   * The request of a call that takes no place is whole. It counts among those that have none until
   * its stream ends: nothing else bounds their number.
   */
  void wholeWithoutPlace(OpenCall call) {
    enter(call, call.streams ? Stage.STREAMING : Stage.WHOLE);
  }

  /** The answer of {@code call} was handed to its stream. */
  void answered(OpenCall call) {
    enter(call, Stage.ANSWERED);
    if (call.peer != null) {
      // What was taken up to now was of other answers.
      call.peer.progress(call.since);
    }
  }

  void closed(OpenCall call) {
    if (!open.remove(call)) {
      return;
    }
    placed(call);
    places.giveBack(call);
    unread.giveBack(call);
    OpenCall.Waiting waiting = call.waiting;
    if (waiting != null) {
      waiting.withdraw();
    }
  }

  /** Ends what has taken too long. To be called a few times a second. */
  void sweep() {
    long now = nanoTime.getAsLong();
    for (OpenCall call : open) {
      long age = now - call.since;
      switch (call.stage) {
        case INCOMPLETE -> {
          if (age > limits.times().body().toNanos()) {
            call.end("the request did not come in time");
          }
        }
        case WHOLE -> {
          if (!call.hasDeadline && age > limits.times().deadline().toNanos()) {
            expire(call);
          }
        }
        case STREAMING -> {
          // Lasts as long as the caller likes.
        }
        case ANSWERED -> {
          if (age > patience(call) || hasStalled(call, now)) {
            call.end("the answer was not taken in time");
          }
        }
      }
    }
    unread.wake();
  }

  UnreadAnswers unread() {
    return unread;
  }

  /** How many have come so far. */
  long arrived() {
    return arrived.get();
  }

  /** How many are at that stage now. */
  long at(Stage stage) {
    return open.stream().filter(call -> call.stage == stage).count();
  }

  int size() {
    return open.size();
  }

  /** Whether a peer that has answers to take has taken nothing of any for too long. */
  private boolean hasStalled(OpenCall call, long now) {
    if (call.peer == null) {
      return false;
    }
    long progress = Math.max(now - call.peer.progress(now), 0);
    return Math.min(now - call.since, progress) > limits.times().stall().toNanos();
  }

  private long patience(OpenCall call) {
    CallLimits.Times times = limits.times();
    return times.stall().toNanos() + unread.of(call) * 1_000_000_000L / times.bytesPerSecond();
  }

  private static void expire(OpenCall call) {
    OpenCall.Waiting waiting = call.waiting;
    if (waiting != null && waiting.withdraw()) {
      waiting.expire();
    } else {
      call.end("the server's own deadline has passed");
    }
  }

  private void enter(OpenCall call, Stage stage) {
    call.since = nanoTime.getAsLong();
    call.stage = stage;
  }

  /** Counts a call among those without a place no more, once. */
  private void placed(OpenCall call) {
    long counted = call.placelessBytes.getAndSet(OpenCall.NOT_COUNTED);
    if (counted != OpenCall.NOT_COUNTED) {
      placeless.decrementAndGet();
      placelessBytes.addAndGet(-counted);
    }
  }

  /** Ends the oldest calls that have no place: an honest one has one, or has ended, in no time. */
  private void shed() {
    List<OpenCall> oldest =
        open.stream()
            .filter(call -> call.placelessBytes.get() != OpenCall.NOT_COUNTED)
            .sorted(Comparator.comparingLong(call -> call.number))
            .limit(Math.max(1, limits.incompleteCalls() / SHED_PART))
            .toList();
    for (OpenCall call : oldest) {
      placed(call);
      call.end("too many calls have no place");
    }
  }
}
