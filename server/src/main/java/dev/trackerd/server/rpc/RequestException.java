package dev.trackerd.server.rpc;

import dev.trackerd.v1.ErrorReason;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a request was refused, in words for the caller: the message and the violations are sent out.
 * Thrown by checks and services, turned into a status by {@link Statuses}.
 */
public final class RequestException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * One field at fault.
   *
   * @param field its path in the request message, such as {@code tracker.vocabulary[2]}
   * @param description what was expected
   */
  public record Violation(String field, String description) {
    private String text() {
      return field + ": " + description;
    }
  }

  private final ErrorReason reason;
  private final transient List<Violation> violations;

  /** A refusal whose {@code message} the caller reads. */
  public RequestException(ErrorReason reason, String message) {
    this(reason, message, List.of());
  }

  private RequestException(ErrorReason reason, String message, List<Violation> violations) {
    super(message, null, false, false);
    this.reason = reason;
    this.violations = List.copyOf(violations);
  }

  /** What came is no message of the method. */
  static RequestException malformed(String what) {
    return new RequestException(ErrorReason.MESSAGE_MALFORMED, "The request has " + what + ".");
  }

  /** One field is not as expected. */
  public static RequestException field(String field, String description) {
    return fields(List.of(new Violation(field, description)));
  }

  /**
   * Several fields are not as expected. The message is each field, {@code ": "} and its
   * description, with {@code "; "} in between: a gateway makes it anew of the violations, with
   * other names of the fields.
   */
  public static RequestException fields(List<Violation> violations) {
    return fields(ErrorReason.FIELD_INVALID, violations);
  }

  /** The same with another reason. */
  public static RequestException fields(ErrorReason reason, List<Violation> violations) {
    return new RequestException(
        reason,
        violations.stream().map(Violation::text).collect(Collectors.joining("; ")),
        violations);
  }

  /** Several fields are not as expected, in a text of the caller's own. */
  public static RequestException fields(String message, List<Violation> violations) {
    return new RequestException(ErrorReason.FIELD_INVALID, message, violations);
  }

  /** The stable reason. */
  public ErrorReason reason() {
    return reason;
  }

  /** The fields at fault; empty where the refusal is about none. */
  public List<Violation> violations() {
    return violations;
  }
}
