package dev.trackerd.gateway.http;

import dev.trackerd.gateway.call.GrpcTimeout;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long calls may take when the client does not ask for less.
 *
 * @param call for one call
 * @param page for one call of a method that has pages
 */
public record Deadlines(Duration call, Duration page) {

  // The header may ask for more than can be counted in nanoseconds.
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Returns 10 s for a call and 30 s for a page. */
  public static Deadlines standard() {
    return new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  /**
   * Returns the time that a client leaves for all that its request needs, or null if it does not
   * say.
   *
   * @param header the request's {@code grpc-timeout}, or null
   * @throws HttpFailure 400 if it is malformed
   */
  static Deadline ofClient(String header) {
    if (header == null) {
      return null;
    }
    try {
      Duration asked = GrpcTimeout.parse(header);
      Duration counted = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
      return Deadline.after(counted.toNanos(), TimeUnit.NANOSECONDS);
    } catch (IllegalArgumentException e) {
      throw HttpErrors.badHeader("grpc-timeout", e.getMessage());
    }
  }

  /**
   * Returns when a call that starts now must have ended.
   *
   * @param client what the client said, or null
   */
  public Deadline of(Deadline client, boolean hasPages) {
    Duration limit = hasPages ? page : call;
    Deadline own = Deadline.after(limit.toNanos(), TimeUnit.NANOSECONDS);
    return client == null ? own : own.minimum(client);
  }
}
