package dev.trackerd.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a JSON object with the members of one message type. Immutable once compiled. */
final class MessageReader {

  /** Reads the JSON value of a whole field, be it a map or an array, into a message. */
  interface FieldReader {

    /**
     * Reads the value on whose first token the cursor stands, and leaves it on the last.
     *
     * @throws TranscodeException if the value does not fit; names the path
     */
    void read(JsonCursor json, Message.Builder into);
  }

  static final String TWICE = "given twice";

  private record Member(FieldDescriptor field, FieldReader reader, boolean takesNull) {}

  private final Map<String, Member> members = new HashMap<>();
  private final int fields;
  private final JsonRules rules;

  /** Compiles the type, and the types that it holds, unless {@code readers} knows them already. */
  MessageReader(Descriptor type, FieldReaders readers) {
    readers.know(type, this);
    this.fields = type.getFields().size();
    this.rules = readers.rules();
    for (FieldDescriptor field : type.getFields()) {
      boolean takesNull = FieldReaders.takesNull(field);
      members.put(field.getJsonName(), new Member(field, readers.of(field), takesNull));
    }
    if (rules.takesProtoNames()) {
      // What is one field's JSON name is never another's name.
      for (FieldDescriptor field : type.getFields()) {
        members.putIfAbsent(field.getName(), members.get(field.getJsonName()));
      }
    }
  }

  /** What one object has given so far. */
  private static final class Given {
    private final List<FieldDescriptor> fields = new ArrayList<>();
    private final BitSet seen;
    private final Set<String> unknown = new HashSet<>(0);

    Given(int fields) {
      seen = new BitSet(fields);
    }
  }

  /** Reads the object and returns the fields that it gives a value other than null, in order. */
  List<FieldDescriptor> read(JsonCursor json, Message.Builder into) {
    if (json.token() != JsonToken.START_OBJECT) {
      throw json.mismatch("an object");
    }
    Given given = new Given(fields);
    while (json.next() == JsonToken.FIELD_NAME) {
      int outside = json.depth();
      try {
        readMember(json, into, given);
      } catch (TranscodeException e) {
        json.passOver(e, outside);
      }
    }
    return given.fields;
  }

  private void readMember(JsonCursor json, Message.Builder into, Given given) {
    Member member = members.get(json.text());
    if (member == null) {
      passUnknown(json, given.unknown);
      return;
    }
    once(json, member.field, given.seen);
    boolean isNull = json.next() == JsonToken.VALUE_NULL;
    if (!isNull || member.takesNull) {
      alone(json, member.field, given.seen);
      member.reader.read(json, into);
    }
    if (!isNull) {
      given.fields.add(member.field);
    }
  }

  private void passUnknown(JsonCursor json, Set<String> before) {
    if (rules.refusesUnknown()) {
      throw json.error("unknown member");
    }
    if (!before.add(json.text())) {
      throw json.error(TWICE);
    }
    json.next();
    FreeJson.skip(json);
  }

  /**
   * By field, because a field has two names: {@code excludeVocabulary}, {@code exclude_vocabulary}.
   */
  private static void once(JsonCursor json, FieldDescriptor field, BitSet seen) {
    if (seen.get(field.getIndex())) {
      throw json.error(TWICE);
    }
    seen.set(field.getIndex());
  }

  private void alone(JsonCursor json, FieldDescriptor field, BitSet seen) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    if (oneof != null) {
      if (seen.get(fields + oneof.getIndex())) {
        throw json.error("another member of " + oneof.getName() + " is given as well");
      }
      seen.set(fields + oneof.getIndex());
    }
  }
}
