package dev.trackerd.gateway.http;

import dev.trackerd.gateway.wire.ByteBudget;
import dev.trackerd.gateway.wire.Share;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * What one exchange takes of what all share, until its answer is sent or its client is gone: then
 * all is given back, whichever comes first. Belongs to the connection's thread, but for what is
 * said to be for any.
 */
final class Lease {

  private static final long NO_TIMER = -1;

  private final HttpServerResponse response;
  private final Surroundings surroundings;
  private final Vertx vertx;
  private final Share share;
  private boolean admitted;
  private Runnable gone;
  private long timer = NO_TIMER;
  private boolean over;
  private volatile ByteBudget.Claim claim;
  private final BodyLease body;

  Lease(HttpServerRequest request, Surroundings surroundings, Vertx vertx) {
    this.response = request.response();
    this.surroundings = surroundings;
    this.vertx = vertx;
    this.share = Share.of(request);
    this.body = new BodyLease(surroundings.bodies(), share);
  }

  /** Returns the connection's share. Any thread. */
  Share share() {
    return share;
  }

  /** Returns the memory for what is made of the body. Any thread. */
  BodyLease body() {
    return body;
  }

  /**
   * Takes a place among the exchanges under way, unless nobody is there to be answered.
   *
   * @param end what to do if the client leaves
   * @throws HttpFailure 503 if there is none
   */
  void admit(Runnable end) {
    if (isOver()) {
      return;
    }
    if (!surroundings.places().take(share)) {
      throw HttpErrors.overloaded();
    }
    admitted = true;
    watch(end);
  }

  /** Says what to do if the client leaves before it has its answer; nothing if it has it. */
  void onGone(Runnable action, Runnable end) {
    if (!isOver()) {
      gone = action;
      watch(end);
    }
  }

  /** Returns whether there is nobody left to answer, or no need to. Any thread. */
  boolean isOver() {
    return response.ended() || response.closed();
  }

  private void watch(Runnable end) {
    response.closeHandler(closed -> leave(end));
    response.exceptionHandler(reset -> leave(end));
  }

  private void leave(Runnable end) {
    Runnable action = gone;
    gone = null;
    if (action != null) {
      action.run();
    }
    end.run();
  }

  /** Gives back all there is. Idempotent. */
  void end() {
    gone = null;
    unlimit();
    if (admitted) {
      admitted = false;
      surroundings.places().giveBack(share);
    }
    body.giveBack();
    ByteBudget.Claim last;
    synchronized (this) {
      over = true;
      last = claim;
    }
    if (last != null) {
      last.close();
    }
  }

  /** Returns the claim to memory for the answer. Any thread. */
  synchronized ByteBudget.Claim claim() {
    if (claim == null) {
      claim = surroundings.budget().open(share);
      if (over) {
        claim.close();
      }
    }
    return claim;
  }

  /** Says how much memory the answer takes from now on, in bytes. Any thread. */
  void hold(int bytes) {
    if (bytes > ByteBudget.SMALL || claim != null) {
      claim().hold(bytes);
    }
  }

  /** Does something in so many milliseconds, unless {@link #unlimit} comes before. */
  void limit(long millis, Runnable late) {
    timer = vertx.setTimer(millis, fired -> late.run());
  }

  /** Returns whether there was a limit, and it was not reached. */
  boolean unlimit() {
    return timer != NO_TIMER && vertx.cancelTimer(timer);
  }
}
