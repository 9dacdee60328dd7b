package dev.trackerd.server.tracker;

import com.google.protobuf.CodedOutputStream;
import dev.trackerd.server.rpc.Refusals;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.rpc.RequestException.Violation;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.Tracker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What every tracker must keep to, whichever request it comes from. A check names every field at
 * fault by its path under {@code prefix}, up to {@link #MAX_VIOLATIONS}, and never quotes a phrase.
 */
public final class TrackerChecks {
  static final int MAX_NAME_BYTES = 1024;
  static final int MAX_TRACKER_BYTES = 3 << 20;
  static final int MAX_LIST_ITEMS = 100_000;

  static final int MAX_VIOLATIONS = Refusals.MAX;

  /** Below the 4 MiB that gRPC clients accept by default. */
  private static final int MAX_ANSWER_BYTES = 4_000_000;

  /** What a stored tracker has more than its message without an id. */
  private static final int ID_BYTES = CodedOutputStream.computeStringSize(1, "0".repeat(16));

  /** What a tracker in an answer has more than one in a request: its id, and its length. */
  private static final int ANSWER_BYTES = 22;

  private final String prefix;
  private final Tracker before;
  private final List<Violation> violations = new ArrayList<>();

  private TrackerChecks(String prefix, Tracker before) {
    this.prefix = prefix;
    this.before = before;
  }

  /**
   * Returns what is to be stored of {@code tracker} if it is a valid one.
   *
   * @param prefix the path of the tracker in what it came with, such as {@code trackers[3]}
   * @throws RequestException FIELD_INVALID or TRACKER_TOO_LARGE
   */
  public static Tracker checkOwned(String prefix, Tracker tracker) {
    return check(prefix, Trackers.owned(tracker));
  }

  /**
   * Returns {@code tracker} if it is a valid one.
   *
   * @param prefix the path of the tracker in the request, such as {@code trackers[3]}
   * @throws RequestException FIELD_INVALID or TRACKER_TOO_LARGE
   */
  static Tracker check(String prefix, Tracker tracker) {
    return check(prefix, Tracker.getDefaultInstance(), tracker);
  }

  /**
   * Returns {@code patched} if it is valid, as {@code stored} was when it was stored: a list that
   * is still the same is not looked at again, and one that is longer than a list may be may get
   * shorter.
   *
   * @throws RequestException FIELD_INVALID or TRACKER_TOO_LARGE
   */
  static Tracker checkPatched(Tracker stored, Tracker patched) {
    return check("tracker", stored, patched);
  }

  /**
   * Returns {@code changed} if it is not too large. Its texts are those of {@code stored} and of a
   * request, which were checked before.
   *
   * @throws RequestException FIELD_INVALID or TRACKER_TOO_LARGE
   */
  static Tracker checkChanged(Tracker stored, Tracker changed) {
    TrackerChecks checks = new TrackerChecks("tracker", stored);
    for (ListField field : ListField.values()) {
      checks.fits(field, field.of(changed));
    }
    return checks.end(changed);
  }

  private static Tracker check(String prefix, Tracker before, Tracker tracker) {
    TrackerChecks checks = new TrackerChecks(prefix, before);
    checks.name(tracker.getName());
    checks.vocabulary(tracker.getVocabularyList());
    checks.noNul("description", tracker.getDescription());
    checks.texts(ListField.CATEGORIES, tracker.getCategoriesList());
    checks.texts(ListField.LANGUAGES, tracker.getLanguagesList());
    checks.texts(ListField.EXCLUDE_VOCABULARY, tracker.getExcludeVocabularyList());
    return checks.end(tracker);
  }

  private Tracker end(Tracker tracker) {
    if (!violations.isEmpty()) {
      throw RequestException.fields(violations);
    }
    if (ID_BYTES + tracker.getSerializedSize() > MAX_TRACKER_BYTES) {
      String expected = "(expected: at most " + MAX_TRACKER_BYTES + " bytes)";
      throw RequestException.fields(
          ErrorReason.TRACKER_TOO_LARGE,
          List.of(new Violation(prefix, "the tracker as stored would be too large " + expected)));
    }
    return tracker;
  }

  /**
   * Returns what is to be stored of {@code trackers} if all are valid.
   *
   * @throws RequestException FIELD_INVALID or TRACKER_TOO_LARGE
   */
  static List<Tracker> checkAll(List<Tracker> trackers) {
    if (trackers.isEmpty()) {
      throw RequestException.field("trackers", "expected: at least one tracker");
    }
    long answer = trackers.stream().mapToLong(t -> t.getSerializedSize() + ANSWER_BYTES).sum();
    if (answer > MAX_ANSWER_BYTES) {
      throw RequestException.field(
          "trackers", "expected: fewer trackers, at most " + MAX_ANSWER_BYTES + " bytes in all");
    }
    List<Tracker> checked = new ArrayList<>(trackers.size());
    Refusals refusals = new Refusals();
    for (int i = 0; i < trackers.size() && !refusals.isFull(); i++) {
      String prefix = "trackers[" + i + "]";
      Tracker tracker = trackers.get(i);
      refusals.attempt(() -> checked.add(checkOwned(prefix, tracker)));
    }
    refusals.check();
    return checked;
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
    if (isNew(ListField.VOCABULARY, phrases) && fits(ListField.VOCABULARY, phrases)) {
      Set<String> seen = new HashSet<>(phrases.size() * 4 / 3 + 1);
      for (int i = 0; i < phrases.size() && !full(); i++) {
        String phrase = phrases.get(i);
        boolean repeated = !seen.add(phrase);
        if (isBlank(phrase)) {
          violate("vocabulary[" + i + "]", "expected: a phrase that is not blank");
        } else if (repeated) {
          violate(
              "vocabulary[" + i + "]",
              "the same phrase as at index "
                  + phrases.indexOf(phrase)
                  + " (expected: no duplicate phrases)");
        }
      }
      noNul("vocabulary", phrases);
    }
  }

  private void texts(ListField field, List<String> texts) {
    if (isNew(field, texts) && fits(field, texts)) {
      noNul(field.protoName(), texts);
    }
  }

  /** Whether it is not the very list that is stored. */
  private boolean isNew(ListField field, List<String> texts) {
    return texts != field.of(before);
  }

  private boolean fits(ListField field, List<String> texts) {
    boolean fits = texts.size() <= MAX_LIST_ITEMS || texts.size() <= field.of(before).size();
    if (!fits) {
      violate(field.protoName(), "expected: at most " + MAX_LIST_ITEMS + " items");
    }
    return fits;
  }

  private void noNul(String field, List<String> texts) {
    for (int i = 0; i < texts.size() && !full(); i++) {
      if (texts.get(i).indexOf('\0') >= 0) {
        noNul(field + "[" + i + "]", texts.get(i));
      }
    }
  }

  private void noNul(String field, String text) {
    if (text.indexOf('\0') >= 0) {
      violate(field, "expected: text without U+0000");
    }
  }

  private void violate(String field, String description) {
    if (!full()) {
      violations.add(new Violation(prefix + "." + field, description));
    }
  }

  private boolean full() {
    return violations.size() >= MAX_VIOLATIONS;
  }

  /** No-break spaces count as white space, as they do where people paste from. */
  private static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
        return false;
      }
    }
    return true;
  }
}
