package dev.trackerd.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.MessageReader.FieldReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Compiles the readers of one root type. Not thread-safe; what it makes is. */
final class FieldReaders {

  /** Reads one JSON value for one field. Implementations are immutable once compiled. */
  interface ValueReader {

    /**
     * Reads the value on whose first token the cursor stands, and leaves it on the last.
     *
     * @param holder the builder of the message with the field, to make builders for it
     * @return what the holder takes for the field, or for one element of it
     * @throws TranscodeException if the value does not fit; names the path
     */
    Object read(JsonCursor json, Message.Builder holder);
  }

  private final Map<Descriptor, MessageReader> known = new HashMap<>();
  private final JsonRules rules;

  FieldReaders(JsonRules rules) {
    this.rules = rules;
  }

  JsonRules rules() {
    return rules;
  }

  /** Makes a type known while it is still being compiled, for types that hold themselves. */
  void know(Descriptor type, MessageReader reader) {
    known.put(type, reader);
  }

  MessageReader message(Descriptor type) {
    MessageReader reader = known.get(type);
    return reader == null ? new MessageReader(type, this) : reader;
  }

  /** Returns whether {@code null} is a value of the field, and not its absence. */
  static boolean takesNull(FieldDescriptor field) {
    if (field.isRepeated()) {
      return false;
    }
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getFullName().equals("google.protobuf.Value");
      case ENUM -> ScalarReaders.isNullValue(field.getEnumType());
      default -> false;
    };
  }

  /** Returns the reader of a whole field: of its map or array if it is one. */
  FieldReader of(FieldDescriptor field) {
    if (field.isMapField()) {
      return map(field);
    }
    ValueReader value = value(field);
    return field.isRepeated()
        ? list(field, value)
        : (json, into) -> into.setField(field, value.read(json, into));
  }

  private static FieldReader list(FieldDescriptor field, ValueReader element) {
    return (json, into) -> {
      if (json.token() != JsonToken.START_ARRAY) {
        throw json.mismatch("an array");
      }
      int outside = json.depth();
      while (json.next() != JsonToken.END_ARRAY) {
        try {
          into.addRepeatedField(field, element.read(json, into));
        } catch (TranscodeException e) {
          json.passOver(e, outside);
        }
      }
    };
  }

  private FieldReader map(FieldDescriptor field) {
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
    ValueReader values = value(value);
    String expected = "expected a name that is " + TextValues.expected(key);
    return (json, into) -> {
      if (json.token() != JsonToken.START_OBJECT) {
        throw json.mismatch("an object");
      }
      Set<Object> keys = new HashSet<>();
      while (json.next() == JsonToken.FIELD_NAME) {
        Object parsed = TextValues.parse(key, json.text());
        if (parsed == null) {
          throw json.error(expected);
        }
        if (!keys.add(parsed)) {
          throw json.error(MessageReader.TWICE);
        }
        json.next();
        Message.Builder entry = into.newBuilderForField(field).setField(key, parsed);
        entry.setField(value, values.read(json, entry));
        into.addRepeatedField(field, entry.build());
      }
    };
  }

  private ValueReader value(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE, GROUP -> message(field);
      default -> ScalarReaders.of(field, rules);
    };
  }

  private ValueReader message(FieldDescriptor field) {
    Descriptor type = field.getMessageType();
    FieldDescriptor wrapped = WellKnownTexts.wrapped(type);
    if (wrapped != null) {
      ValueReader value = value(wrapped);
      return (json, holder) -> {
        Message.Builder wrapper = holder.newBuilderForField(field);
        return wrapper.setField(wrapped, value.read(json, wrapper)).build();
      };
    }
    ValueReader wellKnown = wellKnown(field);
    if (wellKnown != null) {
      return wellKnown;
    }
    MessageReader members = message(type);
    return (json, holder) -> {
      Message.Builder builder = holder.newBuilderForField(field);
      members.read(json, builder);
      return builder.build();
    };
  }

  /** Returns the reader of a type with a JSON form of its own; null if it has none. */
  private static ValueReader wellKnown(FieldDescriptor field) {
    Descriptor type = field.getMessageType();
    return switch (type.getFullName()) {
      case "google.protobuf.Struct" ->
          (json, holder) -> WellKnown.forField(holder, field, FreeJson.struct(json));
      case "google.protobuf.ListValue" ->
          (json, holder) -> WellKnown.forField(holder, field, FreeJson.list(json));
      case "google.protobuf.Value" ->
          (json, holder) -> WellKnown.forField(holder, field, FreeJson.value(json));
      case "google.protobuf.Any" ->
          (json, holder) -> {
            throw json.error("can't be given in JSON");
          };
      default -> WellKnownTexts.isText(type) ? text(field) : null;
    };
  }

  private static ValueReader text(FieldDescriptor field) {
    Descriptor type = field.getMessageType();
    String expected = WellKnownTexts.expected(type);
    return (json, holder) -> {
      if (json.token() != JsonToken.VALUE_STRING) {
        throw json.mismatch(expected);
      }
      Message value = WellKnownTexts.parse(type, json.text());
      if (value == null) {
        throw json.error("expected " + expected);
      }
      return WellKnown.forField(holder, field, value);
    };
  }
}
