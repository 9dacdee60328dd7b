package dev.trackerd.gateway.wire;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places for exchanges under way. A connection has at most an eighth of them, and never more
 * than are left to all others: so some are free for whoever comes new. Thread-safe.
 */
public final class Places {

  private static final int CONNECTIONS = 8;

  private final int limit;
  private final AtomicInteger taken = new AtomicInteger();

  /** Makes so many places. */
  public Places(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a place, unless there is none. Called on the connection's thread.
   *
   * @return whether it was taken, and has to be given back exactly once
   */
  public boolean take(Share share) {
    int others = taken.getAndIncrement();
    if (share.places < Math.min(Math.max(1, limit / CONNECTIONS), limit - others)) {
      share.places++;
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  /** Gives a place back. Called on the connection's thread. */
  public void giveBack(Share share) {
    share.places--;
    taken.decrementAndGet();
  }

  /** Returns how many are taken. */
  public int taken() {
    return taken.get();
  }
}
