package dev.trackerd.server.event;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a member of a request must keep to, in the words of AWS' services. Lengths count Unicode
 * code points; a pattern stands for the whole text (the Smithy specification, "Constraint traits").
 *
 * @param text what follows "failed to satisfy constraint: "
 */
record Constraint(String text, Predicate<String> holds) {
  static final Constraint NOT_NULL = told("Member must not be null");

  /** One that is tested elsewhere, and does not hold. */
  static Constraint told(String text) {
    return new Constraint(text, value -> false);
  }

  static Constraint maxLength(int max) {
    return new Constraint(
        "Member must have length less than or equal to " + max,
        text -> text.codePointCount(0, text.length()) <= max);
  }

  static Constraint minLength(int min) {
    return new Constraint(
        "Member must have length greater than or equal to " + min,
        text -> text.codePointCount(0, text.length()) >= min);
  }

  static Constraint pattern(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return new Constraint(
        "Member must satisfy regular expression pattern: " + regex,
        text -> pattern.matcher(text).matches());
  }

  static Constraint oneOf(List<String> values) {
    return new Constraint(
        "Member must satisfy enum value set: [" + String.join(", ", values) + "]",
        values::contains);
  }
}
