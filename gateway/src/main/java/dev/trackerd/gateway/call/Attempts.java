package dev.trackerd.gateway.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts under way on one server. Thread-safe. */
public final class Attempts {

  private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();

  /** Enters one, until it ends or is entered elsewhere; not one that has ended. */
  public void enter(Attempt attempt) {
    attempt.move(this);
  }

  /** Gives up all that are under way, so that their calls are made again. */
  public void abandon() {
    underWay.forEach(Attempt::abandon);
  }

  /** Returns how many are under way. */
  public int count() {
    return underWay.size();
  }

  void add(Attempt attempt) {
    underWay.add(attempt);
  }

  void remove(Attempt attempt) {
    underWay.remove(attempt);
  }
}
