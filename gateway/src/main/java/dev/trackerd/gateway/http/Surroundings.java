package dev.trackerd.gateway.http;

import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.wire.Limits;
import java.time.Clock;
import java.util.Set;

/**
 * What all exchanges of a listener share. Thread-safe.
 *
 * @param caller makes the calls to the service behind the gateway
 * @param deadlines how long that is waited for
 */
public record Surroundings(
    GrpcCaller caller, Deadlines deadlines, Limits limits, Cors cors, HttpDate date) {

  /**
   * Makes them.
   *
   * @param origins as for {@link Cors}
   */
  public static Surroundings of(
      GrpcCaller caller, Deadlines deadlines, Limits limits, Set<String> origins) {
    HttpDate date = new HttpDate(Clock.systemUTC());
    return new Surroundings(caller, deadlines, limits, new Cors(origins), date);
  }
}
