package dev.trackerd.server.rpc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the bytes of answers that were encoded and not taken by the peer yet, and lets calls wait
 * for room among them. An answer counts until its stream has ended, which is when its last byte was
 * handed to the kernel. Small answers always pass, so that nobody waits for one behind readers that
 * have stopped; their number is bounded by the places. Answers inside the process are not encoded,
 * and not counted. Thread-safe.
 */
final class UnreadAnswers {
  /** Up to this size an answer needs no room. */
  static final int SMALL = 16 << 10;

  private final CallLimits limits;
  private final Map<OpenCall, Wait> waiting = new LinkedHashMap<>();
  private long inAll;

  UnreadAnswers(CallLimits limits) {
    this.limits = limits;
  }

  private record Wait(int bytes, Runnable again) {}

  /** Whether a call that is likely to be answered with {@code bytes} must wait for its turn. */
  synchronized boolean mustWait(OpenCall call, int bytes) {
    return call.peer != null
        && bytes > SMALL
        && call.unread < bytes
        && (!waiting.isEmpty() || !fits(call, bytes));
  }

  /** Counts an answer; false, and nothing is counted, if there is no room for it. */
  synchronized boolean add(OpenCall call, int bytes) {
    if (call.peer != null && bytes > SMALL && !call.gone && !fits(call, bytes)) {
      return false;
    }
    force(call, bytes);
    return true;
  }

  /** Counts an answer, whether there is room or not: for what can't be done again. */
  synchronized void force(OpenCall call, int bytes) {
    if (call.peer != null && !call.gone) {
      count(call, bytes - call.unread);
    }
  }

  /**
   * Runs {@code again} once, when there is room for {@code bytes}, which is kept for the call then.
   */
  void await(OpenCall call, int bytes, Runnable again) {
    synchronized (this) {
      if (call.gone) {
        return;
      }
      count(call, -call.unread);
      waiting.put(call, new Wait(bytes, again));
    }
    wake();
  }

  /** Whether the call waited; it will not be woken then. */
  synchronized boolean withdraw(OpenCall call) {
    return waiting.remove(call) != null;
  }

  /** The stream of {@code call} has ended. */
  void giveBack(OpenCall call) {
    boolean large;
    synchronized (this) {
      call.gone = true;
      large = call.unread > SMALL;
      count(call, -call.unread);
      waiting.remove(call);
    }
    if (large) {
      wake();
    }
  }

  /** Gives room to those who wait, in the order of their coming. */
  void wake() {
    List<Runnable> next = new ArrayList<>();
    synchronized (this) {
      Set<Peer> passed = new HashSet<>();
      for (var calls = waiting.entrySet().iterator(); calls.hasNext(); ) {
        Map.Entry<OpenCall, Wait> first = calls.next();
        OpenCall call = first.getKey();
        Wait wait = first.getValue();
        // Who waits on the same connection before goes first.
        if (!passed.contains(call.peer) && fits(call, wait.bytes())) {
          count(call, wait.bytes());
          next.add(wait.again());
          calls.remove();
        } else {
          passed.add(call.peer);
        }
      }
    }
    next.forEach(Runnable::run);
  }

  synchronized long of(OpenCall call) {
    return call.unread;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized long inAll() {
    return inAll;
  }

  private boolean fits(OpenCall call, int bytes) {
    long more = bytes - call.unread;
    return more <= 0
        || (call.peer.unread + more <= limits.unreadPerConnection()
            && inAll + more <= limits.unreadInAll()
            && (call.tenant == null || call.tenant.unread + more <= limits.unreadInAll() / 2));
  }

  private void count(OpenCall call, long bytes) {
    if (bytes == 0) {
      return;
    }
    call.unread += bytes;
    call.peer.unread += bytes;
    inAll += bytes;
    if (call.tenant != null) {
      call.tenant.unread += bytes;
    }
  }
}
