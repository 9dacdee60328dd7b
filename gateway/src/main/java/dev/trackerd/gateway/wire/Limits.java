package dev.trackerd.gateway.wire;

import java.time.Duration;

/**
 * How long a listener waits for its clients, and how much of it they may have. Sizes of requests
 * are not here: they are part of the contract.
 *
 * @param head for a request's whole head, from the connection's first moment or the head's first
 *     byte
 * @param body for a request's whole body
 * @param idle between two requests of a connection
 * @param stall for any progress of a client that reads its answer
 * @param exchanges the most requests under way, see {@link Places}
 * @param unread the most bytes of answers that are not taken, see {@link ByteBudget}
 * @param decoded the most bytes of what is made of bodies, see {@link ByteBudget}
 */
public record Limits(
    Duration head,
    Duration body,
    Duration idle,
    Duration stall,
    int exchanges,
    long unread,
    long decoded) {

  /** The longest request line, in bytes; a longer one is answered with 414. */
  static final int REQUEST_LINE_BYTES = 8 * 1024;

  /** The longest header block, in bytes; a longer one is answered with 431. */
  static final int HEADER_BYTES = 16 * 1024;

  /** The most requests that one HTTP/2 connection may have open. */
  static final int CONCURRENT_STREAMS = 100;

  /** Returns the limits for clients that can't be trusted. */
  public static Limits standard() {
    // 75 s: longer than the 60 s after which common load balancers drop an idle connection, so that
    // they close it and never send into one that is being closed here.
    return new Limits(
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(75),
        Duration.ofSeconds(10),
        2_000,
        Runtime.getRuntime().maxMemory() / 4,
        Runtime.getRuntime().maxMemory() / 4);
  }

  /** Returns these limits with another time for heads. */
  public Limits withHead(Duration time) {
    return new Limits(time, body, idle, stall, exchanges, unread, decoded);
  }

  /** Returns these limits with another time for bodies. */
  public Limits withBody(Duration time) {
    return new Limits(head, time, idle, stall, exchanges, unread, decoded);
  }

  /** Returns these limits with another idle time. */
  public Limits withIdle(Duration time) {
    return new Limits(head, body, time, stall, exchanges, unread, decoded);
  }

  /** Returns these limits with another time for readers that stand still. */
  public Limits withStall(Duration time) {
    return new Limits(head, body, idle, time, exchanges, unread, decoded);
  }

  /** Returns these limits with another number of requests under way. */
  public Limits withExchanges(int number) {
    return new Limits(head, body, idle, stall, number, unread, decoded);
  }

  /** Returns these limits with another budget for what is made of bodies, in bytes. */
  public Limits withDecoded(long bytes) {
    return new Limits(head, body, idle, stall, exchanges, unread, bytes);
  }

  /** Returns these limits with another budget for answers that are not taken, in bytes. */
  public Limits withUnread(long bytes) {
    return new Limits(head, body, idle, stall, exchanges, bytes, decoded);
  }
}
