package dev.trackerd.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.FieldWriters.ValueWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Writes messages of one type as a JSON object, in the order of the fields' numbers. Immutable. */
final class MessageWriter implements ValueWriter {

  /**
   * One field.
   *
   * @param name its JSON name in UTF-8, between a comma and a colon
   * @param always whether it is written even if it is not set
   */
  record Member(FieldDescriptor field, byte[] name, boolean always, ValueWriter writer) {

    /** Returns the value to be written; null if there is none. */
    private Object value(Message message) {
      if (always || field.isRepeated()) {
        Object value = message.getField(field);
        return always || !((List<?>) value).isEmpty() ? value : null;
      }
      return message.hasField(field) ? message.getField(field) : null;
    }
  }

  private final Member[] members;

  private MessageWriter(Member[] members) {
    this.members = members;
  }

  /** Compiles the type, and the types that it holds, unless {@code writers} knows them already. */
  MessageWriter(Descriptor type, FieldWriters writers) {
    writers.know(type, this);
    List<FieldDescriptor> fields =
        type.getFields().stream().sorted(Comparator.comparing(FieldDescriptor::getNumber)).toList();
    this.members = new Member[fields.size()];
    for (int i = 0; i < members.length; i++) {
      members[i] = member(fields.get(i), writers);
    }
  }

  private static Member member(FieldDescriptor field, FieldWriters writers) {
    JsonBuffer name = new JsonBuffer();
    name.ascii(',');
    name.string(field.getJsonName());
    name.ascii(':');
    boolean always = !field.hasPresence() && writers.writesAlways(field);
    return new Member(field, name.toBytes(), always, writers.of(field));
  }

  /** Returns the member of a field of the type. */
  Member member(FieldDescriptor field) {
    return Arrays.stream(members).filter(each -> each.field == field).findFirst().orElseThrow();
  }

  /** Returns a writer of all fields but one. */
  MessageWriter without(FieldDescriptor field) {
    return new MessageWriter(
        Arrays.stream(members).filter(each -> each.field != field).toArray(Member[]::new));
  }

  @Override
  public void write(Object message, JsonBuffer out) {
    out.ascii('{');
    members((Message) message, true, out);
    out.ascii('}');
  }

  /**
   * Writes what stands between the braces.
   *
   * @param first whether nothing stands there yet
   */
  void members(Message message, boolean first, JsonBuffer out) {
    int comma = first ? 1 : 0;
    for (Member member : members) {
      Object value = member.value(message);
      if (value != null) {
        out.raw(member.name, comma);
        member.writer.write(value, out);
        comma = 0;
      }
    }
  }
}
