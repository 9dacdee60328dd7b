package dev.trackerd.server.store;

import java.io.Serial;
import java.util.Optional;

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
    /** The thing is in a state in which this can't be done to it. */
    IN_USE,
    /** The account has as many as it may. */
    LIMIT,
    /** The database can't be reached, is full or failing, or the store is closed. */
    UNAVAILABLE
  }

  private final Reason reason;
  private final String subject;

  /** A failure that no other exception caused. */
  public StoreException(Reason reason, String message) {
    this(reason, message, (String) null);
  }

  /**
   * A failure because of a thing that the caller did not name.
   *
   * @param subject its id
   */
  public StoreException(Reason reason, String message, String subject) {
    super(message);
    this.reason = reason;
    this.subject = subject;
  }

  /** A failure with its cause. */
  public StoreException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.subject = null;
  }

  /** What a caller can tell apart. */
  public Reason reason() {
    return reason;
  }

  /** The id of the thing that stands in the way, where its method says so. */
  public Optional<String> subject() {
    return Optional.ofNullable(subject);
  }
}
