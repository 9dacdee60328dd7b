package dev.trackerd.gateway.json;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A request whose path, query or body does not fit (HTTP 400). The message may be shown: it names
 * what is wrong and never shows a library's or a class's name.
 */
public final class TranscodeException extends RuntimeException {

  /**
   * One thing that is wrong.
   *
   * @param field where, as JSON path ({@code vocabulary[2]}) or query key; empty for the body as a
   *     whole
   * @param description what, and what was expected
   */
  public record Violation(String field, String description) {

    /** Returns the text that names each of some violations. */
    public static String text(List<Violation> violations) {
      return violations.stream()
          .map(v -> v.field.isEmpty() ? v.description : v.field + ": " + v.description)
          .collect(Collectors.joining("; "));
    }
  }

  private final List<Violation> violations;

  /**
   * Makes a failure.
   *
   * @param field as {@link Violation#field}
   * @param description as {@link Violation#description}
   */
  public TranscodeException(String field, String description) {
    this(List.of(new Violation(field, description)));
  }

  /** Makes a failure for several reasons, at least one. */
  TranscodeException(List<Violation> violations) {
    // Part of ordinary traffic: nobody reads the stack, and filling it is most of the cost.
    super(Violation.text(violations), null, false, false);
    this.violations = List.copyOf(violations);
  }

  /** Returns what is wrong; at least one. */
  public List<Violation> violations() {
    return violations;
  }
}
