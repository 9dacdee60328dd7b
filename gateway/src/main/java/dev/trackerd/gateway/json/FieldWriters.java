package dev.trackerd.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Compiles the writers of one root type. Not thread-safe; what it makes is. */
final class FieldWriters {

  /** Writes the JSON of one field's values. Implementations are immutable once compiled. */
  interface ValueWriter {

    /**
     * Writes a value.
     *
     * @param value as {@link Message#getField} returns it, or one element of it
     * @throws IllegalArgumentException if it has no JSON form
     */
    void write(Object value, JsonBuffer out);
  }

  private final Map<Descriptor, MessageWriter> known = new HashMap<>();
  private final JsonRules rules;
  private final Predicate<FieldDescriptor> always;
  private final TypeRegistry types;

  /**
   * Makes a factory.
   *
   * @param always which fields without presence are written even if they are not set
   * @param types what an Any may hold
   */
  FieldWriters(JsonRules rules, Predicate<FieldDescriptor> always, TypeRegistry types) {
    this.rules = rules;
    this.always = always;
    this.types = types;
  }

  boolean writesAlways(FieldDescriptor field) {
    return always.test(field);
  }

  /** Makes a type known while it is still being compiled, for types that hold themselves. */
  void know(Descriptor type, MessageWriter writer) {
    known.put(type, writer);
  }

  MessageWriter members(Descriptor type) {
    MessageWriter writer = known.get(type);
    return writer == null ? new MessageWriter(type, this) : writer;
  }

  /** Returns the writer of a whole field: of its map or list if it is one. */
  ValueWriter of(FieldDescriptor field) {
    if (field.isMapField()) {
      return map(field.getMessageType());
    }
    ValueWriter value = single(field);
    return field.isRepeated() ? new ListWriter(value) : value;
  }

  /** Writes the elements of a repeated field. */
  record ListWriter(ValueWriter element) implements ValueWriter {
    @Override
    public void write(Object value, JsonBuffer out) {
      out.ascii('[');
      elements((List<?>) value, out);
      out.ascii(']');
    }

    void elements(List<?> values, JsonBuffer out) {
      int size = values.size();
      for (int i = 0; i < size; i++) {
        if (i > 0) {
          out.ascii(',');
        }
        element.write(values.get(i), out);
      }
    }
  }

  private ValueWriter map(Descriptor entry) {
    FieldDescriptor key = entry.findFieldByNumber(1);
    FieldDescriptor value = entry.findFieldByNumber(2);
    ValueWriter writer = single(value);
    return (entries, out) -> {
      char before = '{';
      for (Object each : (List<?>) entries) {
        Message pair = (Message) each;
        out.ascii(before);
        out.string(ScalarWriters.key(key, pair.getField(key)));
        out.ascii(':');
        writer.write(pair.getField(value), out);
        before = ',';
      }
      out.ascii(before == '{' ? "{}" : "}");
    };
  }

  private ValueWriter single(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE, GROUP -> message(field.getMessageType());
      default -> ScalarWriters.of(field, rules);
    };
  }

  /** Compiles a type apart from the others, at any time and by any thread. */
  ValueWriter separate(Descriptor type) {
    return new FieldWriters(rules, always, types).message(type);
  }

  /** Returns the writer of a message, which is no object if the type has a form of its own. */
  ValueWriter message(Descriptor type) {
    FieldDescriptor wrapped = WellKnownTexts.wrapped(type);
    if (wrapped != null) {
      ValueWriter value = single(wrapped);
      return (wrapper, out) -> value.write(((Message) wrapper).getField(wrapped), out);
    }
    if (WellKnownTexts.isText(type)) {
      return (value, out) -> out.string(WellKnownTexts.print((Message) value));
    }
    return switch (type.getFullName()) {
      case "google.protobuf.Struct" ->
          (value, out) ->
              FreeJson.write(WellKnown.as(Struct.getDefaultInstance(), (Message) value), out);
      case "google.protobuf.ListValue" ->
          (value, out) ->
              FreeJson.write(WellKnown.as(ListValue.getDefaultInstance(), (Message) value), out);
      case "google.protobuf.Value" ->
          (value, out) ->
              FreeJson.write(WellKnown.as(Value.getDefaultInstance(), (Message) value), out);
      case "google.protobuf.Any" -> new AnyWriter(this, types);
      default -> members(type);
    };
  }
}
