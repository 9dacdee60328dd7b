package dev.trackerd.gateway.http;

import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.wire.Arrivals;
import dev.trackerd.gateway.wire.ByteBudget;
import dev.trackerd.gateway.wire.Limits;
import dev.trackerd.gateway.wire.Places;
import dev.trackerd.gateway.wire.Turns;
import java.time.Clock;
import java.util.Set;

/**
 * What all exchanges of a listener share. Thread-safe.
 *
 * @param caller makes the calls to the service behind the gateway
 * @param deadlines how long that is waited for
 * @param budget for answers
 * @param bodies for what is made of bodies
 */
public record Surroundings(
    GrpcCaller caller,
    Deadlines deadlines,
    Limits limits,
    Places places,
    Arrivals arrivals,
    ByteBudget budget,
    ByteBudget bodies,
    Turns turns,
    Cors cors,
    HttpDate date) {

  // Bodies on their way for one place: most of them are there in no time.
  private static final int ARRIVALS = 4;

  /**
   * Makes them.
   *
   * @param origins as for {@link Cors}
   */
  public static Surroundings of(
      GrpcCaller caller, Deadlines deadlines, Limits limits, Set<String> origins) {
    return new Surroundings(
        caller,
        deadlines,
        limits,
        new Places(limits.exchanges()),
        new Arrivals(ARRIVALS * limits.exchanges(), limits.unread() / 2),
        ByteBudget.ofAnswers(limits.unread()),
        ByteBudget.ofBodies(limits.decoded()),
        new Turns(),
        new Cors(origins),
        new HttpDate(Clock.systemUTC()));
  }
}
