package dev.trackerd.server.rpc;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets as many large requests be worked on at a time as fit in memory when they are parsed: a list
 * of short texts takes up to twenty times its bytes then. The others wait as the bytes that came,
 * in the order they came. Small ones always pass: there are only so many threads. Thread-safe.
 */
final class LargeRequests {
  /** Up to this size a request needs no room. */
  static final int SMALL = 16 << 10;

  /** Permits are KiB, so that there are not too many of them for any heap. */
  private final int all;

  private final Semaphore room;

  /** Room for so many bytes of requests, as they came; for one at a time if it is larger. */
  LargeRequests(long bytes) {
    all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes >> 10));
    room = new Semaphore(all, true);
  }

  /** Does the work on a request of that size; blocks until there is room. */
  <T> T work(int bytes, Supplier<T> work) {
    if (bytes <= SMALL) {
      return work.get();
    }
    int share = Math.min(all, bytes >> 10);
    room.acquireUninterruptibly(share);
    try {
      return work.get();
    } finally {
      room.release(share);
    }
  }
}
