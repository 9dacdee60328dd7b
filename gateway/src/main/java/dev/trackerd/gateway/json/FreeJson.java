package dev.trackerd.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * JSON that no descriptor describes: {@code google.protobuf.Value} and its like, and members to be
 * passed over. Refuses members of the same name and numbers that a double can't hold.
 */
final class FreeJson {

  private FreeJson() {}

  /** Goes to the last token of the value on whose first token the cursor stands. */
  static void skip(JsonCursor json) {
    switch (json.token()) {
      case START_OBJECT -> {
        Set<String> names = new HashSet<>();
        while (json.next() == JsonToken.FIELD_NAME) {
          name(json, names);
          json.next();
          skip(json);
        }
      }
      case START_ARRAY -> {
        while (json.next() != JsonToken.END_ARRAY) {
          skip(json);
        }
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json);
      default -> {}
    }
  }

  /** Reads any value. */
  static Value value(JsonCursor json) {
    Value.Builder value = Value.newBuilder();
    switch (json.token()) {
      case START_OBJECT -> value.setStructValue(struct(json));
      case START_ARRAY -> value.setListValue(list(json));
      case VALUE_STRING -> value.setStringValue(json.text());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> value.setNumberValue(number(json));
      case VALUE_TRUE -> value.setBoolValue(true);
      case VALUE_FALSE -> value.setBoolValue(false);
      default -> value.setNullValue(NullValue.NULL_VALUE);
    }
    return value.build();
  }

  /** Reads an object. */
  static Struct struct(JsonCursor json) {
    if (json.token() != JsonToken.START_OBJECT) {
      throw json.mismatch("an object");
    }
    Struct.Builder struct = Struct.newBuilder();
    Set<String> names = new HashSet<>();
    while (json.next() == JsonToken.FIELD_NAME) {
      String name = name(json, names);
      json.next();
      struct.putFields(name, value(json));
    }
    return struct.build();
  }

  /** Reads an array. */
  static ListValue list(JsonCursor json) {
    if (json.token() != JsonToken.START_ARRAY) {
      throw json.mismatch("an array");
    }
    ListValue.Builder list = ListValue.newBuilder();
    while (json.next() != JsonToken.END_ARRAY) {
      list.addValues(value(json));
    }
    return list.build();
  }

  private static String name(JsonCursor json, Set<String> before) {
    String name = json.text();
    if (!before.add(name)) {
      throw json.error(MessageReader.TWICE);
    }
    return name;
  }

  private static double number(JsonCursor json) {
    double value = Double.parseDouble(json.text());
    if (Double.isInfinite(value)) {
      throw json.error("expected a number that a double can hold");
    }
    return value;
  }

  /** Writes a value; one without a kind is {@code null}. */
  static void write(Value value, JsonBuffer out) {
    switch (value.getKindCase()) {
      case STRUCT_VALUE -> write(value.getStructValue(), out);
      case LIST_VALUE -> write(value.getListValue(), out);
      case STRING_VALUE -> out.string(value.getStringValue());
      case NUMBER_VALUE -> {
        if (!Double.isFinite(value.getNumberValue())) {
          throw new IllegalArgumentException("JSON has no NaN and no infinity");
        }
        out.ascii(Decimals.of(value.getNumberValue()));
      }
      case BOOL_VALUE -> out.ascii(Boolean.toString(value.getBoolValue()));
      case NULL_VALUE, KIND_NOT_SET -> out.ascii("null");
    }
  }

  /** Writes an object. */
  static void write(Struct struct, JsonBuffer out) {
    char before = '{';
    for (Map.Entry<String, Value> member : struct.getFieldsMap().entrySet()) {
      out.ascii(before);
      out.string(member.getKey());
      out.ascii(':');
      write(member.getValue(), out);
      before = ',';
    }
    out.ascii(before == '{' ? "{}" : "}");
  }

  /** Writes an array. */
  static void write(ListValue list, JsonBuffer out) {
    char before = '[';
    for (Value element : list.getValuesList()) {
      out.ascii(before);
      write(element, out);
      before = ',';
    }
    out.ascii(before == '[' ? "[]" : "]");
  }
}
