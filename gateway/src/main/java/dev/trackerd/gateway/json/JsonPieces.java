package dev.trackerd.gateway.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.FieldWriters.ListWriter;
import dev.trackerd.gateway.json.MessageWriter.Member;
import java.util.List;

/**
 * Writes one JSON object in pieces: {@link #head}, {@link #elements} of as many messages as there
 * are, {@link #tail} of the last. Immutable and thread-safe.
 */
public final class JsonPieces {
  private final Member list;
  private final byte[] head;
  private final MessageWriter rest;

  JsonPieces(MessageWriter members, FieldDescriptor field) {
    this.list = members.member(field);
    this.rest = members.without(field);
    JsonBuffer out = new JsonBuffer();
    out.ascii('{');
    out.raw(list.name(), 1);
    out.ascii('[');
    this.head = out.toBytes();
  }

  /** Returns how the object begins: <code>{"trackers":[</code>. */
  public byte[] head() {
    return head.clone();
  }

  /**
   * Returns a message's elements of the field, separated by commas; empty if it has none.
   *
   * @param before whether an element was written before, so that a comma must come first
   * @throws IllegalStateException as {@link JsonWriter#write} does
   */
  public byte[] elements(Message message, boolean before) {
    return JsonWriter.write(
        message,
        (value, out) -> {
          List<?> elements = (List<?>) value;
          if (before && !elements.isEmpty()) {
            out.ascii(',');
          }
          ((ListWriter) list.writer()).elements(elements, out);
        },
        message.getField(list.field()));
  }

  /**
   * Returns how the object ends: with the other fields of a message.
   *
   * @throws IllegalStateException as {@link JsonWriter#write} does
   */
  public byte[] tail(Message message) {
    return JsonWriter.write(
        message,
        (value, out) -> {
          out.ascii(']');
          rest.members(message, false, out);
          out.ascii('}');
        },
        message);
  }
}
