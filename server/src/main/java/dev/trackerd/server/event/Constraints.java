package dev.trackerd.server.event;

import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.rpc.RequestException.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gathers what is wrong with a request that AWS' SDKs send, and refuses it in the words that AWS'
 * services use, so that their users read what they know. A member is named by its path in the
 * message, such as {@code tags[0].tag_key}, which a text shows as {@code tags.1.member.tagKey}.
 */
final class Constraints {
  static final int MAX_FAILURES = 10;

  /** The most code points of a value that a text shows; fewer if it would get too long. */
  private static final List<Integer> SHOWN = List.of(1024, 256, 64, 8);

  /** As sent, so that a status with its details fits the 8 KiB that gRPC clients accept. */
  private static final int MAX_TEXT_BYTES = 2000;

  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");
  private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

  private final List<Failure> failures = new ArrayList<>();

  /** One member that does not keep to a constraint; no value stands for null. */
  private record Failure(String path, Optional<String> value, Constraint constraint) {
    String text(int shown) {
      String what = value.map(v -> "'" + cut(v, shown) + "'").orElse("null");
      return "Value "
          + what
          + " at '"
          + awsPath(path)
          + "' failed to satisfy constraint: "
          + constraint.text();
    }
  }

  /** A text that must be there. */
  Constraints required(String path, Optional<String> value, List<Constraint> constraints) {
    if (value.isEmpty()) {
      failures.add(new Failure(path, value, Constraint.NOT_NULL));
    }
    return optional(path, value, constraints);
  }

  /** A text that may be missing. */
  Constraints optional(String path, Optional<String> value, List<Constraint> constraints) {
    value.ifPresent(
        text ->
            constraints.stream()
                .filter(constraint -> !constraint.holds().test(text))
                .forEach(constraint -> failures.add(new Failure(path, value, constraint))));
    return this;
  }

  /** A number, if it is there, from 1 to {@code max}. */
  Constraints upTo(String path, Optional<Integer> value, int max) {
    Optional<String> shown = value.map(String::valueOf);
    if (value.orElse(1) < 1) {
      failures.add(
          new Failure(
              path, shown, Constraint.told("Member must have value greater than or equal to 1")));
    }
    if (value.orElse(max) > max) {
      failures.add(
          new Failure(
              path, shown, Constraint.told("Member must have value less than or equal to " + max)));
    }
    return this;
  }

  /** Two texts that are both there or both missing. */
  Constraints together(
      String path, Optional<String> value, String otherPath, Optional<String> other) {
    if (value.isPresent() != other.isPresent()) {
      String missing = value.isPresent() ? otherPath : path;
      String given = value.isPresent() ? path : otherPath;
      Constraint constraint =
          Constraint.told("Member must not be null when " + awsPath(given) + " is given");
      failures.add(new Failure(missing, Optional.empty(), constraint));
    }
    return this;
  }

  /** A list that must be there, with members. */
  Constraints notEmpty(String path, int size) {
    if (size == 0) {
      failures.add(new Failure(path, Optional.empty(), Constraint.NOT_NULL));
    }
    return this;
  }

  /** A list with at most {@code max} members; the text shows how many there are. */
  Constraints size(String path, int size, int max) {
    if (size > max) {
      failures.add(
          new Failure(
              path,
              Optional.of("[" + size + " members]"),
              Constraint.told("Member must have length less than or equal to " + max)));
    }
    return this;
  }

  /** Whether more failures would not be told. */
  boolean isFull() {
    return failures.size() >= MAX_FAILURES;
  }

  /**
   * Ends the checks.
   *
   * @throws RequestException FIELD_INVALID if a constraint does not hold
   */
  void check() {
    if (failures.isEmpty()) {
      return;
    }
    List<Failure> told = failures.subList(0, Math.min(failures.size(), MAX_FAILURES));
    throw RequestException.fields(
        text(told),
        told.stream()
            .map(failure -> new Violation(failure.path(), failure.constraint().text()))
            .toList());
  }

  private static String text(List<Failure> told) {
    String text = "";
    for (int shown : SHOWN) {
      text = text(told, shown);
      if (bytesAsSent(text) <= MAX_TEXT_BYTES) {
        break;
      }
    }
    return text;
  }

  private static String text(List<Failure> told, int shown) {
    String head = told.size() == 1 ? "1 validation error" : told.size() + " validation errors";
    return head
        + " detected: "
        + told.stream().map(failure -> failure.text(shown)).collect(Collectors.joining("; "));
  }

  /** A status message is percent-encoded: gRPC over HTTP/2, "Responses". */
  private static int bytesAsSent(String text) {
    int bytes = 0;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      bytes += b >= ' ' && b <= '~' && b != '%' ? 1 : 3;
    }
    return bytes;
  }

  private static String cut(String text, int codePoints) {
    if (text.codePointCount(0, text.length()) <= codePoints) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, codePoints)) + "…";
  }

  private static String awsPath(String path) {
    String counted =
        INDEX.matcher(path).replaceAll(i -> "." + (Integer.parseInt(i.group(1)) + 1) + ".member");
    return UNDERSCORE.matcher(counted).replaceAll(u -> u.group(1).toUpperCase(Locale.ROOT));
  }
}
