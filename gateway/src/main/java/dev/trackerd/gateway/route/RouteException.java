package dev.trackerd.gateway.route;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** No route was found for a request; {@link #reason()} says why. Its message may be shown. */
public final class RouteException extends RuntimeException {

  /** Why there is no route. */
  public enum Reason {
    /** No template matches the path (HTTP 404). */
    NOT_FOUND,
    /** A template matches the path, none of them with this method (HTTP 405). */
    METHOD_NOT_ALLOWED,
    /** Malformed percent-encoding, U+0000 or invalid UTF-8 in the path (HTTP 400). */
    BAD_PATH
  }

  private final Reason reason;
  private final SortedSet<String> allowed;

  private RouteException(Reason reason, String message, SortedSet<String> allowed) {
    // Part of ordinary traffic: nobody reads the stack, and filling it is most of the cost.
    super(message, null, false, false);
    this.reason = reason;
    this.allowed = Collections.unmodifiableSortedSet(allowed);
  }

  static RouteException notFound() {
    return new RouteException(Reason.NOT_FOUND, "There is nothing at this path.", new TreeSet<>());
  }

  static RouteException methodNotAllowed(SortedSet<String> allowed) {
    String message = "This path allows only " + String.join(", ", allowed) + ".";
    return new RouteException(Reason.METHOD_NOT_ALLOWED, message, allowed);
  }

  static RouteException badPath(String what) {
    return new RouteException(Reason.BAD_PATH, "The path " + what + ".", new TreeSet<>());
  }

  /** Returns why there is no route. */
  public Reason reason() {
    return reason;
  }

  /** Returns the methods that the path has; empty unless METHOD_NOT_ALLOWED. */
  public SortedSet<String> allowed() {
    return allowed;
  }
}
