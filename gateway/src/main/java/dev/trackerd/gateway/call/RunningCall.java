package dev.trackerd.gateway.call;

import io.grpc.ClientCall;

/** A call that was started, by its first try or its second. Thread-safe. */
public final class RunningCall {

  private ClientCall<?, ?> call;
  private int tries;
  private boolean cancelled;

  RunningCall() {}

  /** Says which try was started, by its number; one that is over by now may come after the next. */
  void is(int number, ClientCall<?, ?> started) {
    synchronized (this) {
      if (number > tries) {
        tries = number;
        call = started;
      }
    }
    if (isCancelled()) {
      cancel();
    }
  }

  /** Returns whether nobody wants it any more. */
  synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Ends the call now; does nothing if it has ended. Its outcome is then CANCELLED. */
  public void cancel() {
    ClientCall<?, ?> current;
    synchronized (this) {
      cancelled = true;
      current = call;
    }
    if (current != null) {
      current.cancel("the caller is gone", null);
    }
  }
}
