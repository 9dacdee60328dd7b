package dev.trackerd.gateway.wire;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The bodies that have begun to arrive and are not handed on yet: most are not whole, and hold no
 * {@link Places}; the others wait for memory for what is made of them. When there are too many of
 * them, or too many bytes, those that have been under way for longest are given up: a client that
 * sends its body comes through, however many others only begin. Thread-safe.
 */
public final class Arrivals {

  private final int limit;
  private final long maxBytes;
  private final Set<Arrival> open = new LinkedHashSet<>();
  private long bytes;

  /** Allows so many bodies, and of all together so many bytes. */
  public Arrivals(int limit, long maxBytes) {
    this.limit = limit;
    this.maxBytes = maxBytes;
  }

  /**
   * Begins a body.
   *
   * @param giveUp run once, on any thread, if the body is given up; not after {@link Arrival#close}
   */
  public Arrival open(Runnable giveUp) {
    Arrival arrival = new Arrival(giveUp);
    change(arrival, 0);
    return arrival;
  }

  /** Returns the bytes that are held now. */
  public synchronized long bytes() {
    return bytes;
  }

  private void change(Arrival arrival, int added) {
    List<Arrival> oldest = new ArrayList<>(0);
    synchronized (this) {
      if (arrival.closed) {
        return;
      }
      open.add(arrival);
      arrival.bytes += added;
      bytes += added;
      while (open.size() > limit || bytes > maxBytes) {
        Arrival first = open.iterator().next();
        close(first);
        oldest.add(first);
      }
    }
    oldest.forEach(each -> each.giveUp.run());
  }

  private synchronized void close(Arrival arrival) {
    if (!arrival.closed) {
      arrival.closed = true;
      open.remove(arrival);
      bytes -= arrival.bytes;
    }
  }

  /** A body that is not handed on yet. Thread-safe. */
  public final class Arrival {

    private final Runnable giveUp;
    private long bytes;
    private boolean closed;

    private Arrival(Runnable giveUp) {
      this.giveUp = giveUp;
    }

    /** Adds to what has arrived. */
    public void add(int more) {
      change(this, more);
    }

    /** Ends it: the body is handed on, or its sender gone. Idempotent. */
    public void close() {
      Arrivals.this.close(this);
    }
  }
}
