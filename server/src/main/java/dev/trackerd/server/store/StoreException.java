package dev.trackerd.server.store;

import java.io.Serial;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a store did not do what it was asked: what happened to which thing. The message is for the
 * log: it names no phrase and no secret, and is never shown to a caller.
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
    /** The thing would be larger than the database can hold. */
    TOO_LARGE,
    /** The account has as many of them as it may. */
    LIMIT,
    /** Other changes of the thing came between, again and again. */
    BUSY,
    /** The account makes as many changes at a time as it may. */
    CONCURRENT_WRITE,
    /** The database can't be reached, is full or failing, or the store is closed. */
    UNAVAILABLE
  }

  /** What a failure is about. */
  public enum Thing {
    /** A tracker. Its id is a number; in ALREADY_EXISTS it is the name that is taken. */
    TRACKER,
    /** An event tracker; in ALREADY_EXISTS that which its dataset group has. */
    EVENT_TRACKER,
    /** A dataset group. Its id is its name. */
    DATASET_GROUP,
    /** A dataset. Its id is its group's name, {@code /} and its type. */
    DATASET,
    /** A label; the limit is that of one resource. */
    TAG,
    /** An API key. */
    API_KEY,
    /** The key of a change that is to be made once; in ALREADY_EXISTS it is another request's. */
    IDEMPOTENCY_KEY,
    /** The store as a whole: what is UNAVAILABLE. */
    STORE
  }

  private final Reason reason;
  private final Thing thing;
  private final String id;
  private final int limit;

  /**
   * A failure about one thing.
   *
   * @param id the thing's, or null if there is none to name
   */
  public StoreException(Reason reason, Thing thing, String id) {
    this(reason, thing, id, 0);
  }

  private StoreException(Reason reason, Thing thing, String id, int limit) {
    // An answer like any other: nobody reads the stack, and filling it is most of the cost.
    super(thing + ": " + reason, null, false, false);
    this.reason = Objects.requireNonNull(reason);
    this.thing = Objects.requireNonNull(thing);
    this.id = id;
    this.limit = limit;
  }

  private StoreException(String message, Throwable cause) {
    super(message, cause);
    this.reason = Reason.UNAVAILABLE;
    this.thing = Thing.STORE;
    this.id = null;
    this.limit = 0;
  }

  /** LIMIT: there may be so many of the things in one place, and are. */
  public static StoreException limit(Thing thing, int limit) {
    return new StoreException(Reason.LIMIT, thing, null, limit);
  }

  /** CONCURRENT_WRITE: the account may have so many creates and updates in flight, and has. */
  public static StoreException concurrentWrite(int limit) {
    return new StoreException(Reason.CONCURRENT_WRITE, Thing.STORE, null, limit);
  }

  /** UNAVAILABLE, with a line for the log or the operator. */
  public static StoreException unavailable(String message) {
    return unavailable(message, null);
  }

  /** UNAVAILABLE, with a line for the log or the operator, and its cause. */
  public static StoreException unavailable(String message, Throwable cause) {
    return new StoreException(message, cause);
  }

  /** The same failure about a thing that its caller knows by another id. */
  public StoreException withId(String id) {
    return new StoreException(reason, thing, id, limit);
  }

  /** What a caller can tell apart. */
  public Reason reason() {
    return reason;
  }

  /** What the failure is about. */
  public Thing thing() {
    return thing;
  }

  /** The id of the thing, where there is one to name. */
  public Optional<String> id() {
    return Optional.ofNullable(id);
  }

  /** How many there may be; 0 unless the reason is LIMIT or CONCURRENT_WRITE. */
  public int limit() {
    return limit;
  }
}
