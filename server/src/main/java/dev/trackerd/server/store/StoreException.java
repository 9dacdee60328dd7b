package dev.trackerd.server.store;

import java.io.Serial;

/**
 * Why a store did not do what it was asked. The message is for the log: it names no phrase and no
 * secret, and is never shown to a caller.
 */
public final class StoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What a caller can tell apart. */
  public enum Reason {
    /** The account has no such thing. */
    NOT_FOUND,
    /** The account has another thing of that name. */
    ALREADY_EXISTS,
    /** The account has as many as it may. */
    LIMIT,
    /** The database can't be reached, is full or failing, or the store is closed. */
    UNAVAILABLE
  }

  private final Reason reason;

  /** A failure that no other exception caused. */
  public StoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A failure with its cause. */
  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What a caller can tell apart. */
  public Reason reason() {
    return reason;
  }
}
