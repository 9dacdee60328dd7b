package dev.trackerd.gateway.http;

import com.google.rpc.Status;

/**
 * An answer other than success.
 *
 * <p>Not thread-safe only as far as {@link Throwable} is not.
 */
public final class HttpFailure extends RuntimeException {

  private final int httpStatus;
  private final transient Status body;
  private final String allow;

  /**
   * Makes a failure.
   *
   * @param allow the value of the {@code Allow} header, or null
   */
  HttpFailure(int httpStatus, Status body, String allow) {
    // Part of ordinary traffic: nobody reads the stack, and filling it is most of the cost.
    super(body.getMessage(), null, false, false);
    this.httpStatus = httpStatus;
    this.body = body;
    this.allow = allow;
  }

  /** Returns the HTTP status. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Returns what went wrong. */
  public Status body() {
    return body;
  }

  String allow() {
    return allow;
  }
}
