package dev.trackerd.gateway.json;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import dev.trackerd.gateway.json.FieldWriters.ValueWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes {@code google.protobuf.Any}: the members of what it holds behind {@code @type}, or behind
 * that a {@code value} if it is no object. Thread-safe.
 */
final class AnyWriter implements ValueWriter {
  private final FieldWriters writers;
  private final TypeRegistry types;

  /** What an Any holds may hold an Any in turn: compiled when it is met. */
  private final Map<Descriptor, ValueWriter> known = new ConcurrentHashMap<>();

  AnyWriter(FieldWriters writers, TypeRegistry types) {
    this.writers = writers;
    this.types = types;
  }

  @Override
  public void write(Object value, JsonBuffer out) {
    Any any = WellKnown.as(Any.getDefaultInstance(), (Message) value);
    if (any.equals(Any.getDefaultInstance())) {
      out.ascii("{}");
      return;
    }
    try {
      Descriptor type = types.getDescriptorForTypeUrl(any.getTypeUrl());
      if (type == null) {
        throw new IllegalArgumentException("an Any is of a type that is not known");
      }
      Message content = DynamicMessage.parseFrom(type, any.getValue());
      out.ascii("{\"@type\":");
      out.string(any.getTypeUrl());
      content(known.computeIfAbsent(type, writers::separate), content, out);
      out.ascii('}');
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("an Any is not what its type says", e);
    }
  }

  private static void content(ValueWriter writer, Message content, JsonBuffer out) {
    if (writer instanceof MessageWriter members) {
      members.members(content, false, out);
    } else {
      out.ascii(",\"value\":");
      writer.write(content, out);
    }
  }
}
