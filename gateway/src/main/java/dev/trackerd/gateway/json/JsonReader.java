package dev.trackerd.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.MessageReader.FieldReader;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Reads JSON documents of one type into messages, in one pass: RFC 8259 and nothing beyond it, no
 * member twice, every value of the kind that its field takes. {@code null} is an absent member.
 * Immutable and thread-safe.
 */
public final class JsonReader {

  /** How deep objects and arrays may stand in one another. */
  public static final int MAX_DEPTH = 32;

  private final JsonToken start;
  private final String expected;
  private final int maxFaults;
  private final BiFunction<JsonCursor, Message.Builder, List<FieldDescriptor>> root;

  private JsonReader(
      JsonToken start,
      JsonRules rules,
      BiFunction<JsonCursor, Message.Builder, List<FieldDescriptor>> root) {
    this.start = start;
    this.maxFaults = rules.maxFaults();
    this.expected = start == JsonToken.START_ARRAY ? "a JSON array" : "a JSON object";
    this.root = root;
  }

  /** Compiles a reader of objects that are messages of a type which JSON has as an object. */
  public static JsonReader of(Descriptor type, JsonRules rules) {
    return new JsonReader(
        JsonToken.START_OBJECT,
        rules,
        type.getFullName().equals("google.protobuf.Struct")
            ? JsonReader::struct
            : new FieldReaders(rules).message(type)::read);
  }

  /** Compiles a reader of arrays that are the value of a repeated field. */
  public static JsonReader ofArray(FieldDescriptor field, JsonRules rules) {
    FieldReader elements = new FieldReaders(rules).of(field);
    return new JsonReader(
        JsonToken.START_ARRAY,
        rules,
        (json, into) -> {
          elements.read(json, into);
          return List.of();
        });
  }

  private static List<FieldDescriptor> struct(JsonCursor json, Message.Builder into) {
    into.mergeFrom(WellKnown.as(into.getDefaultInstanceForType(), FreeJson.struct(json)));
    return List.of();
  }

  /**
   * Reads a document.
   *
   * @param json in UTF-8
   * @param into a builder of the type without values, or of the message that has the repeated field
   * @return the fields that an object gives a value other than null, in order
   * @throws TranscodeException if the document does not fit; {@code into} may hold parts of it
   */
  public List<FieldDescriptor> read(byte[] json, Message.Builder into) {
    Faults faults = new Faults(maxFaults);
    try (JsonCursor cursor = JsonCursor.open(json, faults)) {
      JsonToken first = cursor.next();
      if (first == null) {
        throw new TranscodeException("", "The body is empty, expected " + expected);
      }
      if (first != start) {
        throw new TranscodeException("", "The body must be " + expected);
      }
      List<FieldDescriptor> given = root.apply(cursor, into);
      cursor.end();
      faults.check();
      return given;
    }
  }
}
