package dev.trackerd.gateway.call;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The first try of a call that may be made again. Whoever chooses the server for it enters it there
 * ({@link Attempts}), and may give it up when another server would answer. Thread-safe.
 */
public final class Attempt {

  /** Where the calls that may be made again have it. */
  public static final CallOptions.Key<Attempt> KEY = CallOptions.Key.create("attempt");

  // The identity's own code would have to be made up while this is locked, which turns the lock
  // into one of the operating system's for each call.
  private final int code = ThreadLocalRandom.current().nextInt();

  private ClientCall<?, ?> call;
  private Attempts place;
  private boolean ended;

  Attempt() {}

  /** Says what is tried; before anybody else may know of this. */
  void of(ClientCall<?, ?> tried) {
    call = tried;
  }

  /** Takes its place among those of a server, and leaves the one where it was before. */
  synchronized void move(Attempts next) {
    leave();
    if (!ended) {
      place = next;
      next.add(this);
    }
  }

  /** Ends this try now, unless it has ended. */
  void abandon() {
    call.cancel("the server hangs", null);
  }

  /** Leaves its place for good. */
  synchronized void end() {
    ended = true;
    leave();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return code;
  }

  private void leave() {
    if (place != null) {
      place.remove(this);
      place = null;
    }
  }
}
