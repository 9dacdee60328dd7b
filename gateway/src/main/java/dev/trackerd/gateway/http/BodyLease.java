package dev.trackerd.gateway.http;

import dev.trackerd.gateway.wire.ByteBudget;
import dev.trackerd.gateway.wire.Share;

/**
 * The memory for what is made of one body: taken before it is decoded, given back when its call has
 * come to something, or when nobody waits for that any more. Thread-safe.
 */
final class BodyLease {

  // Such bodies are bounded by the places, and never wait.
  private static final int SMALL = 4 * 1024;

  // What becomes of one byte at most, by a measured guess: in an array of strings of one character
  // each four bytes are an object of a hundred, and they are copied once.
  private static final int WEIGHT = 32;

  private final ByteBudget budget;
  private final Share share;
  private ByteBudget.Claim claim;
  private Runnable dropped = () -> {};
  private boolean used;
  private boolean free;

  BodyLease(ByteBudget budget, Share share) {
    this.budget = budget;
    this.share = share;
  }

  /** Returns whether a body of so many bytes needs no memory of this. */
  static boolean isSmall(int bytes) {
    return bytes <= SMALL;
  }

  /** Says what to do, perhaps more than once, when this is given back. */
  void onGivenBack(Runnable action) {
    dropped = action;
  }

  /**
   * Runs an action when there is room for a body; never if this is given back before. To be called
   * once.
   *
   * @param action may be run on any thread, and before this method returns
   */
  void await(int bytes, Runnable action) {
    ByteBudget.Claim mine = budget.open(share);
    synchronized (this) {
      claim = mine;
    }
    mine.await((long) WEIGHT * bytes, action);
  }

  /** Does something with the body that keeps the memory until it is done, if need be. */
  void use(Runnable part) {
    synchronized (this) {
      if (free) {
        return;
      }
      used = true;
    }
    try {
      part.run();
    } finally {
      end(() -> used = false);
    }
  }

  /** Gives all back, now or when nothing uses it any more. Idempotent. */
  void giveBack() {
    end(() -> free = true);
    dropped.run();
  }

  private void end(Runnable change) {
    ByteBudget.Claim last;
    synchronized (this) {
      change.run();
      last = free && !used ? claim : null;
    }
    if (last != null) {
      last.close();
    }
  }
}
