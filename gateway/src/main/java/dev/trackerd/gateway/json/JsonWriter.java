package dev.trackerd.gateway.json;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import dev.trackerd.gateway.json.FieldWriters.ValueWriter;
import java.util.Set;

/**
 * Writes messages of one type, or one field of them, as compact JSON in UTF-8, in one pass.
 * Immutable and thread-safe.
 */
public final class JsonWriter {
  private final ValueWriter root;
  private final MessageWriter members;

  private JsonWriter(Descriptor type, FieldWriters writers) {
    this.root = writers.message(type);
    this.members = writers.members(type);
  }

  /**
   * Compiles a writer. A field without presence is always written ({@code "deleted":false}, {@code
   * "trackers":[]}), unless it is annotated OPTIONAL (AIP-203).
   */
  public static JsonWriter of(Descriptor type, JsonRules rules) {
    TypeRegistry none = TypeRegistry.getEmptyTypeRegistry();
    return new JsonWriter(type, new FieldWriters(rules, field -> !isOptional(field), none));
  }

  /**
   * Compiles a writer of ProtoJSON.
   *
   * @param always the fields without presence that are written even if they are not set
   * @param types the types of what is packed in an Any
   */
  public static JsonWriter of(Descriptor type, Set<FieldDescriptor> always, TypeRegistry types) {
    return new JsonWriter(
        type, new FieldWriters(JsonRules.PROTO_JSON, Set.copyOf(always)::contains, types));
  }

  private static boolean isOptional(FieldDescriptor field) {
    return field
        .getOptions()
        .getExtension(FieldBehaviorProto.fieldBehavior)
        .contains(FieldBehavior.OPTIONAL);
  }

  /**
   * Returns a message as JSON.
   *
   * @throws IllegalStateException if a value has no JSON form, such as an Any of an unknown type,
   *     or a Timestamp beyond its range; names the message's type
   */
  public byte[] write(Message message) {
    JsonBuffer out = bufferFor(message);
    return written(message, out, () -> root.write(message, out));
  }

  /**
   * Returns the value of one field alone as JSON; its default if it is not set.
   *
   * @throws IllegalStateException as for the whole message
   */
  public byte[] write(Message message, FieldDescriptor field) {
    ValueWriter writer = members.member(field).writer();
    JsonBuffer out = new JsonBuffer();
    return written(message, out, () -> writer.write(message.getField(field), out));
  }

  /** Returns how a message is written in pieces, for the elements of a field to come bit by bit. */
  public JsonPieces pieces(FieldDescriptor elements) {
    return new JsonPieces(members, elements);
  }

  /** Returns a buffer with room for a message. Who has received one knows its size already. */
  static JsonBuffer bufferFor(Message message) {
    return new JsonBuffer(message.getSerializedSize());
  }

  static byte[] written(Message reply, JsonBuffer out, Runnable writing) {
    try {
      writing.run();
      return out.toBytes();
    } catch (IllegalArgumentException e) {
      String type = reply.getDescriptorForType().getFullName();
      throw new IllegalStateException("a reply of type " + type + " has no JSON form", e);
    }
  }
}
