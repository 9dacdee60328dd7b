package dev.trackerd.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.FieldReaders.ValueReader;

/** Compiles the readers of scalars and enums. */
final class ScalarReaders {

  private ScalarReaders() {}

  static ValueReader of(FieldDescriptor field, JsonRules rules) {
    return switch (field.getType()) {
      case BOOL -> ScalarReaders::bool;
      case ENUM -> enumeration(field);
      case STRING -> ScalarReaders::string;
      case BYTES -> bytes(field);
      default -> number(field, rules.hasTextNumbers());
    };
  }

  static boolean isNullValue(EnumDescriptor type) {
    return type.getFullName().equals("google.protobuf.NullValue");
  }

  private static Object string(JsonCursor json, Message.Builder holder) {
    if (json.token() != JsonToken.VALUE_STRING) {
      throw json.mismatch("a string");
    }
    return json.text();
  }

  private static Object bool(JsonCursor json, Message.Builder holder) {
    if (!json.token().isBoolean()) {
      throw json.mismatch("true or false");
    }
    return json.token() == JsonToken.VALUE_TRUE;
  }

  private static ValueReader bytes(FieldDescriptor field) {
    String expected = TextValues.expected(field);
    return (json, holder) -> {
      if (json.token() != JsonToken.VALUE_STRING) {
        throw json.mismatch(expected);
      }
      return parsed(json, field, expected);
    };
  }

  private static ValueReader number(FieldDescriptor field, boolean text) {
    String expected = TextValues.expected(field);
    return (json, holder) -> {
      boolean fits = json.token().isNumeric() || text && json.token() == JsonToken.VALUE_STRING;
      if (!fits) {
        throw json.mismatch(expected);
      }
      return parsed(json, field, expected);
    };
  }

  private static Object parsed(JsonCursor json, FieldDescriptor field, String expected) {
    Object value = TextValues.parse(field, json.text());
    if (value == null) {
      throw json.error("expected " + expected);
    }
    return value;
  }

  /** A name is a string and a number is a number: {@code "1"} is neither. */
  private static ValueReader enumeration(FieldDescriptor field) {
    EnumDescriptor type = field.getEnumType();
    return (json, holder) -> {
      EnumValueDescriptor value =
          switch (json.token()) {
            case VALUE_STRING -> type.findValueByName(json.text());
            case VALUE_NUMBER_INT -> (EnumValueDescriptor) TextValues.parse(field, json.text());
            case VALUE_NULL -> isNullValue(type) ? type.findValueByNumber(0) : null;
            default -> null;
          };
      if (value == null) {
        throw json.error("expected " + TextValues.expected(field));
      }
      return value;
    };
  }
}
