package dev.trackerd.server.tracker;

import com.google.protobuf.CodedOutputStream;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.rpc.RequestException.Violation;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.Tracker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every tracker must keep to, whichever request it comes from. A check names every field at
 * fault by its path under {@code prefix}, up to {@link #MAX_VIOLATIONS}, and never quotes a phrase.
 */
final class TrackerChecks {
  static final int MAX_NAME_BYTES = 1024;
  static final int MAX_TRACKER_BYTES = 3 << 20;

  /** So that an error always fits the 8 KiB of metadata that gRPC clients accept. */
  static final int MAX_VIOLATIONS = 10;

  /** Below the 4 MiB that gRPC clients accept by default. */
  private static final int MAX_ANSWER_BYTES = 4_000_000;

  /** What a tracker in an answer has more than one in a request: its id, and its length. */
  private static final int ID_BYTES = 22;

  /** A UTF-16 unit takes at most 3 bytes of UTF-8; each field adds a tag and a length. */
  private static final int MAX_BYTES_PER_CHAR = 3;

  private static final int MAX_BYTES_PER_FIELD = 6;

  private final String prefix;
  private final List<Violation> violations = new ArrayList<>();

  private TrackerChecks(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Returns {@code content} if it is a valid tracker.
   *
   * @param prefix the path of the tracker in the request, such as {@code trackers[3]}
   * @throws RequestException FIELD_INVALID or TRACKER_TOO_LARGE
   */
  static TrackerFields check(String prefix, TrackerFields content) {
    TrackerChecks checks = new TrackerChecks(prefix + ".");
    checks.name(content.name());
    checks.vocabulary(content.vocabulary());
    content.description().ifPresent(text -> checks.noNul("description", text));
    checks.texts("categories", content.categories());
    checks.texts("languages", content.languages());
    checks.texts("exclude_vocabulary", content.excludeVocabulary());
    if (!checks.violations.isEmpty()) {
      throw RequestException.fields(checks.violations);
    }
    size(prefix, content);
    return content;
  }

  /**
   * Returns the contents of {@code trackers} if all are valid.
   *
   * @throws RequestException FIELD_INVALID or TRACKER_TOO_LARGE
   */
  static List<TrackerFields> checkAll(List<Tracker> trackers) {
    if (trackers.isEmpty()) {
      throw RequestException.field("trackers", "expected: at least one tracker");
    }
    long answer = trackers.stream().mapToLong(t -> t.getSerializedSize() + ID_BYTES).sum();
    if (answer > MAX_ANSWER_BYTES) {
      throw RequestException.field(
          "trackers", "expected: fewer trackers, at most " + MAX_ANSWER_BYTES + " bytes in all");
    }
    List<TrackerFields> contents = new ArrayList<>(trackers.size());
    for (int i = 0; i < trackers.size(); i++) {
      contents.add(check("trackers[" + i + "]", Trackers.toFields(trackers.get(i))));
    }
    return contents;
  }

  private void name(String name) {
    if (isBlank(name)) {
      violate("name", "expected: at least one character that is not white space");
    } else if (name.length() > MAX_NAME_BYTES
        || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      violate("name", "expected: at most " + MAX_NAME_BYTES + " bytes of UTF-8");
    }
    noNul("name", name);
  }

  private void vocabulary(List<String> phrases) {
    if (phrases.isEmpty()) {
      violate("vocabulary", "expected: at least one phrase");
    }
    Map<String, Integer> places = new HashMap<>(phrases.size() * 2);
    for (int i = 0; i < phrases.size() && !full(); i++) {
      String phrase = phrases.get(i);
      Integer earlier = places.putIfAbsent(phrase, i);
      if (isBlank(phrase)) {
        violate("vocabulary[" + i + "]", "expected: a phrase that is not blank");
      } else if (earlier != null) {
        violate(
            "vocabulary[" + i + "]",
            "the same phrase as vocabulary[" + earlier + "]" + " (expected: no duplicate phrases)");
      }
    }
    texts("vocabulary", phrases);
  }

  private void texts(String field, List<String> texts) {
    for (int i = 0; i < texts.size() && !full(); i++) {
      noNul(field + "[" + i + "]", texts.get(i));
    }
  }

  private void noNul(String field, String text) {
    if (text.indexOf('\0') >= 0) {
      violate(field, "expected: text without U+0000");
    }
  }

  private void violate(String field, String description) {
    if (!full()) {
      violations.add(new Violation(prefix + field, description));
    }
  }

  private boolean full() {
    return violations.size() >= MAX_VIOLATIONS;
  }

  private static void size(String prefix, TrackerFields content) {
    if (mayBeTooLarge(content) && serializedSize(content) > MAX_TRACKER_BYTES) {
      throw new RequestException(
          ErrorReason.TRACKER_TOO_LARGE,
          prefix
              + ": the tracker as stored would be too large (expected: at most "
              + MAX_TRACKER_BYTES
              + " bytes)");
    }
  }

  /** A cheap upper bound, so that ordinary trackers are not serialized just to be measured. */
  private static boolean mayBeTooLarge(TrackerFields content) {
    long texts = content.name().length() + content.description().map(String::length).orElse(0);
    long fields = 3;
    for (List<String> list :
        List.of(
            content.vocabulary(),
            content.categories(),
            content.languages(),
            content.excludeVocabulary())) {
      fields += list.size();
      texts += list.stream().mapToLong(String::length).sum();
    }
    return texts * MAX_BYTES_PER_CHAR + fields * MAX_BYTES_PER_FIELD > MAX_TRACKER_BYTES;
  }

  private static int serializedSize(TrackerFields content) {
    int id = CodedOutputStream.computeStringSize(1, "0".repeat(16));
    return id + Trackers.toMessage(content).getSerializedSize();
  }

  /** No-break spaces count as white space, as they do where people paste from. */
  private static boolean isBlank(String text) {
    return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }
}
