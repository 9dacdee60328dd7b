package dev.trackerd.server.tracker;

import com.google.protobuf.Value;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.PatchOperation;
import dev.trackerd.v1.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One operation of a patch, checked as far as it can be without the tracker.
 *
 * @param at where it stands in the request, such as {@code operations[2]}
 * @param op add, replace or remove
 * @param field the JSON name of the tracker's field
 * @param place one place of a list: an index or {@code -}; null for the whole field
 * @param values what to add, set or drop; empty if the operation has no value
 */
record PatchStep(String at, Op op, String field, String place, Optional<List<String>> values) {
  enum Op {
    ADD,
    REPLACE,
    REMOVE
  }

  private static final Set<String> SCALARS = Set.of("name", "description");

  /**
   * RFC 6901 pointers into a tracker; array indexes have no leading zeros (RFC 6901, section 4).
   */
  private static final Pattern PATH =
      Pattern.compile(
          "/(name|description|(vocabulary|categories|languages|excludeVocabulary)"
              + "(?:/(-|0|[1-9][0-9]{0,8}))?)");

  static PatchStep of(String at, PatchOperation operation) {
    Matcher path = PATH.matcher(operation.getPath());
    if (!path.matches()) {
      throw RequestException.field(
          at + ".path",
          "expected: /name, /description, /categories, /languages, /vocabulary,"
              + " /excludeVocabulary, or a list's path and an index or -");
    }
    String field = path.group(2) == null ? path.group(1) : path.group(2);
    PatchStep step =
        new PatchStep(at, op(at, operation), field, path.group(3), values(at, operation));
    step.check(operation.getValue().hasListValue());
    return step;
  }

  private void check(boolean listed) {
    boolean single = SCALARS.contains(field) || place != null;
    if (op != Op.REMOVE && (values.isEmpty() || (single && listed))) {
      throw RequestException.field(
          at + ".value", "expected: " + (single ? "a string" : "a string or a list of strings"));
    }
    if (op != Op.ADD && "-".equals(place)) {
      throw RequestException.field(at + ".path", "expected: an index (- is for add only)");
    }
    boolean required = field.equals("name") || (field.equals("vocabulary") && place == null);
    if (op == Op.REMOVE && required && (values.isEmpty() || field.equals("name"))) {
      throw RequestException.field(at + ".path", "/" + field + " can't be cleared");
    }
  }

  /** Changes the draft; throws FIELD_INVALID if it has no such place. */
  void applyTo(PatchDraft draft) {
    switch (field) {
      case "name" -> draft.texts().setName(first());
      case "description" -> changeDescription(draft.texts());
      default -> {
        DraftList list = draft.list(ListField.ofJsonName(field));
        if (place == null) {
          changeList(list);
        } else {
          changePlace(list);
        }
      }
    }
  }

  private void changeDescription(Tracker.Builder tracker) {
    if (op == Op.REMOVE) {
      tracker.clearDescription();
    } else {
      tracker.setDescription(first());
    }
  }

  private void changeList(DraftList list) {
    List<String> given = values.orElse(List.of());
    switch (op) {
      case ADD -> list.addAbsent(given);
      case REPLACE -> list.setAll(given);
      case REMOVE -> {
        if (values.isEmpty()) {
          list.setAll(List.of());
        } else {
          list.removeAll(given);
        }
      }
    }
  }

  private void changePlace(DraftList list) {
    int end = op == Op.ADD ? list.size() : list.size() - 1;
    int index = place.equals("-") ? list.size() : Integer.parseInt(place);
    if (index > end) {
      throw RequestException.field(
          at + ".path", "the list has " + list.size() + " items (expected: an index in it)");
    }
    switch (op) {
      case ADD -> list.add(index, first());
      case REPLACE -> list.set(index, first());
      case REMOVE -> list.remove(index);
    }
  }

  private String first() {
    return values.orElseThrow().get(0);
  }

  private static Op op(String at, PatchOperation operation) {
    return switch (operation.getOp()) {
      case "add" -> Op.ADD;
      case "replace" -> Op.REPLACE;
      case "remove" -> Op.REMOVE;
      default -> throw RequestException.field(at + ".op", "expected: add, replace or remove");
    };
  }

  private static Optional<List<String>> values(String at, PatchOperation operation) {
    Value value = operation.getValue();
    return switch (value.getKindCase()) {
      case KIND_NOT_SET, NULL_VALUE -> Optional.empty();
      case STRING_VALUE -> Optional.of(List.of(value.getStringValue()));
      case LIST_VALUE -> Optional.of(strings(at, value.getListValue().getValuesList()));
      case NUMBER_VALUE, BOOL_VALUE, STRUCT_VALUE ->
          throw RequestException.field(at + ".value", "expected: a string or a list of strings");
    };
  }

  private static List<String> strings(String at, List<Value> values) {
    List<String> strings = new ArrayList<>(values.size());
    for (Value value : values) {
      if (value.getKindCase() != Value.KindCase.STRING_VALUE) {
        throw RequestException.field(at + ".value[" + strings.size() + "]", "expected: a string");
      }
      strings.add(value.getStringValue());
    }
    return strings;
  }
}
