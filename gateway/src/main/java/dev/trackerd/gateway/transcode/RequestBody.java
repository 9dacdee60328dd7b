package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.JsonReader;
import dev.trackerd.gateway.json.JsonRules;
import dev.trackerd.gateway.json.TranscodeException;
import java.util.List;
import java.util.Optional;

/** What a rule makes of the request's body. Immutable. */
final class RequestBody {

  /** What a body's JSON begins with. */
  enum Root {
    NONE("no body"),
    OBJECT("a JSON object"),
    ARRAY("a JSON array");

    final String text;

    Root(String text) {
      this.text = text;
    }
  }

  private final Root root;
  private final FieldDescriptor field;
  private final JsonReader reader;

  private RequestBody(Root root, FieldDescriptor field, JsonReader reader) {
    this.root = root;
    this.field = field;
    this.reader = reader;
  }

  /**
   * Compiles a rule's body.
   *
   * @param body {@code *}, a field's name, or empty
   * @throws IllegalArgumentException if the request has no such field, or not one that is a message
   *     or repeated
   */
  static RequestBody compile(Descriptor request, String body, JsonRules rules) {
    if (body.isEmpty()) {
      return new RequestBody(Root.NONE, null, null);
    }
    if (body.equals("*")) {
      return new RequestBody(Root.OBJECT, null, JsonReader.of(request, rules));
    }
    FieldDescriptor field = request.findFieldByName(body);
    if (field == null) {
      throw new IllegalArgumentException("body " + body + " is no field of the request");
    }
    if (field.isRepeated() && !field.isMapField()) {
      return new RequestBody(Root.ARRAY, field, JsonReader.ofArray(field, rules));
    }
    boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (!message || field.isMapField() || !isObject(field.getMessageType())) {
      throw new IllegalArgumentException(
          "body " + body + " must be a repeated field, or a message that JSON has as an object");
    }
    return new RequestBody(Root.OBJECT, field, JsonReader.of(field.getMessageType(), rules));
  }

  private static boolean isObject(Descriptor type) {
    String name = type.getFullName();
    return !name.startsWith("google.protobuf.")
        || name.equals("google.protobuf.Struct")
        || name.equals("google.protobuf.Empty");
  }

  Root root() {
    return root;
  }

  /** Returns the field that the body is; empty if it is {@code *} or there is none. */
  Optional<FieldDescriptor> field() {
    return Optional.ofNullable(field);
  }

  /** Returns the message field that the body is, or null if it is none, {@code *} or repeated. */
  FieldDescriptor messageField() {
    return root == Root.OBJECT ? field : null;
  }

  /** Returns whether the body fills the field: always if it is {@code *}. */
  boolean binds(FieldDescriptor requestField) {
    return root != Root.NONE && (field == null || field == requestField);
  }

  /**
   * Returns whether {@code members}, as {@link #read} returned them, are of the body and hold a
   * field.
   */
  boolean gives(FieldPath path, List<FieldDescriptor> members) {
    boolean member =
        field == null
            ? path.fields().size() == 1
            : path.fields().size() == 2 && path.root() == field;
    return member && members.contains(path.leaf());
  }

  /**
   * Reads the body into the request.
   *
   * @return the fields that the object gives a value other than null, in order; empty if the body
   *     is not an object with known members
   * @throws TranscodeException if it does not fit
   */
  List<FieldDescriptor> read(byte[] body, Message.Builder request) {
    if (root == Root.NONE) {
      return List.of();
    }
    Message.Builder into =
        root == Root.ARRAY || field == null ? request : request.getFieldBuilder(field);
    return reader.read(body, into);
  }
}
