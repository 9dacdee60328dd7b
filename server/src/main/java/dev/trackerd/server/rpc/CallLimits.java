package dev.trackerd.server.rpc;

import java.time.Duration;

/**
 * How much of the server calls may take up, in all. Shares of it follow from these numbers: a
 * connection's places are an eighth of all; an account's are half while another account is present,
 * and by itself all but an eighth, so that a second one always gets in; an account's unread answers
 * and request bytes are half of all.
 *
 * @param places calls whose request is whole and whose stream has not ended
 * @param anonymousPlaces how many of them callers without a credential share
 * @param incompleteCalls calls whose request is not whole yet, and those that take no place;
 *     beyond, the oldest are ended
 * @param requestBytes of requests that are not answered yet; and, as sent, of those that are not
 *     whole yet, beyond which the oldest are ended
 * @param unreadPerConnection bytes of answers that one connection has not taken yet
 * @param unreadInAll bytes of answers that all connections have not taken yet
 * @param times how long callers may take
 */
public record CallLimits(
    int places,
    int anonymousPlaces,
    int incompleteCalls,
    long requestBytes,
    long unreadPerConnection,
    long unreadInAll,
    Times times) {

  /**
   * How long callers may take.
   *
   * @param body from a call's arrival until its request is whole
   * @param deadline of a call that has none of its own, from then on
   * @param stall for which a connection with answers to take may take nothing of any; and until an
   *     answer is taken, beside the time that its bytes take at {@code bytesPerSecond}
   * @param bytesPerSecond the least rate at which answers are to be taken
   */
  public record Times(Duration body, Duration deadline, Duration stall, int bytesPerSecond) {
    /** 10 s, 30 s, 10 s, 128 KiB/s. */
    public static final Times STANDARD =
        new Times(
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10), 128 << 10);
  }

  private static final int PLACES = 2000;
  private static final int ANONYMOUS_PLACES = 250;
  private static final int INCOMPLETE_CALLS = 4000;
  private static final long UNREAD_PER_CONNECTION = 8 << 20;

  /** What one server takes on with a heap of at most {@code maxHeap} bytes. */
  public static CallLimits of(long maxHeap) {
    return new CallLimits(
        PLACES,
        ANONYMOUS_PLACES,
        INCOMPLETE_CALLS,
        maxHeap / 8,
        UNREAD_PER_CONNECTION,
        maxHeap / 4,
        Times.STANDARD);
  }

  int connectionPlaces() {
    return Math.max(1, places / 8);
  }

  /** The most places of one account, by whether others have some. */
  int accountPlaces(boolean others) {
    return Math.max(1, others ? places / 2 : places - places / 8);
  }
}
