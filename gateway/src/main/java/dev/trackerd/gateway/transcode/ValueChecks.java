package dev.trackerd.gateway.transcode;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes the checks of one request type. Needed because {@code JsonFormat} alone takes a number or a
 * one-element array for a string, a string for a bool, a fraction's digits for a date. Not
 * thread-safe; what it makes is.
 */
final class ValueChecks {
  private final Map<Descriptor, MessageCheck> known = new HashMap<>();
  private final boolean ignoreUnknown;

  /** Makes a factory; {@code ignoreUnknown} lets unknown members pass at every level. */
  ValueChecks(boolean ignoreUnknown) {
    this.ignoreUnknown = ignoreUnknown;
  }

  boolean ignoreUnknown() {
    return ignoreUnknown;
  }

  /** Makes a type known while it is still being compiled, for types that hold themselves. */
  void know(Descriptor type, MessageCheck check) {
    known.put(type, check);
  }

  MessageCheck message(Descriptor type) {
    MessageCheck check = known.get(type);
    return check == null ? new MessageCheck(type, this) : check;
  }

  /** Returns the check of a whole field: of its map or array if it is one. */
  ValueCheck of(FieldDescriptor field) {
    if (field.isMapField()) {
      Descriptor entry = field.getMessageType();
      return map(entry.findFieldByNumber(1), single(entry.findFieldByNumber(2)));
    }
    return field.isRepeated() ? list(single(field)) : single(field);
  }

  private static ValueCheck list(ValueCheck element) {
    return json -> {
      if (json.token() != JsonToken.START_ARRAY) {
        throw json.mismatch("an array");
      }
      while (json.next() != JsonToken.END_ARRAY) {
        element.check(json);
      }
    };
  }

  private static ValueCheck map(FieldDescriptor key, ValueCheck value) {
    return json -> {
      if (json.token() != JsonToken.START_OBJECT) {
        throw json.mismatch("an object");
      }
      Set<Object> keys = new HashSet<>();
      while (json.next() == JsonToken.FIELD_NAME) {
        Object parsed = TextValues.parse(key, json.text());
        if (parsed == null) {
          throw json.error("expected a name that is " + TextValues.expected(key));
        }
        if (!keys.add(parsed)) {
          throw json.error(MessageCheck.TWICE);
        }
        json.next();
        value.check(json);
      }
    };
  }

  private ValueCheck single(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE, GROUP -> message(field);
      case BOOL -> bool();
      case ENUM -> enumeration(field);
      case STRING, BYTES ->
          text(
              token -> token == JsonToken.VALUE_STRING,
              text -> TextValues.parse(field, text),
              TextValues.expected(field));
      default ->
          text(
              token -> token.isNumeric() || token == JsonToken.VALUE_STRING,
              text -> TextValues.parse(field, text),
              TextValues.expected(field));
    };
  }

  private ValueCheck message(FieldDescriptor field) {
    Descriptor type = field.getMessageType();
    FieldDescriptor wrapped = WellKnownTexts.wrapped(type);
    if (wrapped != null) {
      return single(wrapped);
    }
    if (WellKnownTexts.isText(type)) {
      return text(
          token -> token == JsonToken.VALUE_STRING,
          text -> WellKnownTexts.parse(type, text),
          WellKnownTexts.expected(type));
    }
    return switch (type.getFullName()) {
      case "google.protobuf.Struct" -> FreeJson::object;
      case "google.protobuf.ListValue" -> FreeJson::array;
      case "google.protobuf.Value" -> FreeJson::any;
      case "google.protobuf.Any" ->
          json -> {
            throw json.error("can't be given in JSON");
          };
      default -> message(type);
    };
  }

  private static ValueCheck text(
      Predicate<JsonToken> kind, Function<String, Object> parse, String expected) {
    return json -> {
      if (!kind.test(json.token())) {
        throw json.mismatch(expected);
      }
      if (parse.apply(json.text()) == null) {
        throw json.error("expected " + expected);
      }
    };
  }

  private static ValueCheck bool() {
    return json -> {
      if (!json.token().isBoolean()) {
        throw json.mismatch("true or false");
      }
    };
  }

  /** A name is a string and a number is a number: {@code "1"} is neither. */
  private static ValueCheck enumeration(FieldDescriptor field) {
    boolean isNull = field.getEnumType().getFullName().equals("google.protobuf.NullValue");
    return json -> {
      boolean fits =
          switch (json.token()) {
            case VALUE_STRING -> field.getEnumType().findValueByName(json.text()) != null;
            case VALUE_NUMBER_INT -> TextValues.parse(field, json.text()) != null;
            case VALUE_NULL -> isNull;
            default -> false;
          };
      if (!fits) {
        throw json.error("expected " + TextValues.expected(field));
      }
    };
  }
}
