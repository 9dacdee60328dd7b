package dev.trackerd.server.rpc;

import java.io.Serial;
import java.util.List;

/**
 * Why a request was refused, in words for the caller: the message and the violations are sent out.
 * Thrown by checks and services, turned into a status by {@link Statuses}.
 */
public final class RequestException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** The stable {@code ErrorInfo.reason} of a refusal. */
  public enum Reason {
    /** A field's value is not what was expected. */
    FIELD_INVALID,
    /** The page token was not issued to this account for this list. */
    PAGE_TOKEN_INVALID,
    /** The next token was not issued to this account for this list. */
    NEXT_TOKEN_INVALID,
    /** More tags than a resource may have. */
    TOO_MANY_TAGS,
    /** The tracker would be larger than one may be. */
    TRACKER_TOO_LARGE,
    /** The ARN names another account. */
    ACCOUNT_MISMATCH,
    /** The account has no such resource. */
    RESOURCE_NOT_FOUND,
    /** The resource is in a state in which this can't be done to it. */
    RESOURCE_IN_USE,
    /** The dataset group has an event tracker. */
    EVENT_TRACKER_EXISTS,
    /** The account has a dataset group of that name. */
    DATASET_GROUP_EXISTS,
    /** The account has as many event trackers as it may. */
    EVENT_TRACKER_LIMIT,
    /** The account has as many trackers as it may. */
    TRACKER_LIMIT,
    /** Another write of the account is in flight. */
    CONCURRENT_WRITE,
    /** More calls are in flight than the server takes on. */
    OVERLOADED,
    /** The access token is missing, malformed, expired or revoked. */
    TOKEN_INVALID,
    /** No such API key, or not its secret. */
    KEY_INVALID,
    /** A request that should be signed is not. */
    MISSING_AUTHENTICATION_TOKEN,
    /** A signature lacks parts, or has a part of another form. */
    INCOMPLETE_SIGNATURE,
    /** A signature is not the right one for its request, here and now. */
    INVALID_SIGNATURE,
    /** A signature is by a key that does not exist. */
    UNRECOGNIZED_CLIENT
  }

  /**
   * One field at fault.
   *
   * @param field its path in the request message, such as {@code tracker.vocabulary[2]}
   * @param description what was expected
   */
  public record Violation(String field, String description) {}

  private final Reason reason;
  private final transient List<Violation> violations;

  /** A refusal whose {@code message} the caller reads. */
  public RequestException(Reason reason, String message) {
    this(reason, message, List.of());
  }

  private RequestException(Reason reason, String message, List<Violation> violations) {
    super(message, null, false, false);
    this.reason = reason;
    this.violations = List.copyOf(violations);
  }

  /** One field is not as expected. */
  public static RequestException field(String field, String description) {
    return fields(List.of(new Violation(field, description)));
  }

  /** Several fields are not as expected; the message names the first. */
  public static RequestException fields(List<Violation> violations) {
    Violation first = violations.get(0);
    return fields(first.field() + ": " + first.description(), violations);
  }

  /** Several fields are not as expected, in a text of the caller's own. */
  public static RequestException fields(String message, List<Violation> violations) {
    return new RequestException(Reason.FIELD_INVALID, message, violations);
  }

  /** The stable reason. */
  public Reason reason() {
    return reason;
  }

  /** The fields at fault; empty where the refusal is about none. */
  public List<Violation> violations() {
    return violations;
  }
}
