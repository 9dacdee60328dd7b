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
    List<?> elements = (List<?>) message.getField(list.field());
    JsonBuffer out = JsonWriter.bufferFor(message);
    if (before && !elements.isEmpty()) {
      out.ascii(',');
    }
    ListWriter writer = (ListWriter) list.writer();
    return JsonWriter.written(message, out, () -> writer.elements(elements, out));
  }

  /**
   * Returns how the object ends: with the other fields of a message.
   *
   * @throws IllegalStateException as {@link JsonWriter#write} does
   */
  public byte[] tail(Message message) {
    JsonBuffer out = new JsonBuffer();
    out.ascii(']');
    return JsonWriter.written(
        message,
        out,
        () -> {
          rest.members(message, false, out);
          out.ascii('}');
        });
  }
}
