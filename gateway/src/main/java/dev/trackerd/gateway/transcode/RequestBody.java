package dev.trackerd.gateway.transcode;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.List;

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
  private final MessageCheck members;
  private final ValueCheck elements;
  private final JsonFormat.Parser parser;

  private RequestBody(Root root, FieldDescriptor field, Descriptor type, boolean ignoreUnknown) {
    ValueChecks checks = new ValueChecks(ignoreUnknown);
    this.root = root;
    this.field = field;
    this.members = root == Root.OBJECT && !isStruct(type) ? checks.message(type) : null;
    this.elements = root == Root.ARRAY ? checks.of(field) : FreeJson::object;
    this.parser = ignoreUnknown ? JsonFormat.parser().ignoringUnknownFields() : JsonFormat.parser();
  }

  /**
   * Compiles a rule's body.
   *
   * @param body {@code *}, a field's name, or empty
   * @throws IllegalArgumentException if the request has no such field, or not one that is a message
   *     or repeated
   */
  static RequestBody compile(Descriptor request, String body, boolean ignoreUnknown) {
    if (body.isEmpty()) {
      return new RequestBody(Root.NONE, null, request, ignoreUnknown);
    }
    if (body.equals("*")) {
      return new RequestBody(Root.OBJECT, null, request, ignoreUnknown);
    }
    FieldDescriptor field = request.findFieldByName(body);
    if (field == null) {
      throw new IllegalArgumentException("body " + body + " is no field of the request");
    }
    if (field.isRepeated() && !field.isMapField()) {
      return new RequestBody(Root.ARRAY, field, request, ignoreUnknown);
    }
    boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (!message || field.isMapField() || !isObject(field.getMessageType())) {
      throw new IllegalArgumentException(
          "body " + body + " must be a repeated field, or a message that JSON has as an object");
    }
    return new RequestBody(Root.OBJECT, field, field.getMessageType(), ignoreUnknown);
  }

  private static boolean isStruct(Descriptor type) {
    return type.getFullName().equals("google.protobuf.Struct");
  }

  private static boolean isObject(Descriptor type) {
    String name = type.getFullName();
    return isStruct(type)
        || !name.startsWith("google.protobuf.")
        || name.equals("google.protobuf.Empty");
  }

  Root root() {
    return root;
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
    String json = Utf8.decode(body, "The body");
    List<FieldDescriptor> given = check(json);
    try {
      if (root == Root.ARRAY) {
        parser.merge("{\"" + field.getJsonName() + "\":" + json + "}", request);
      } else {
        parser.merge(json, field == null ? request : request.getFieldBuilder(field));
      }
    } catch (InvalidProtocolBufferException e) {
      // Its text names types and quotes the body. The checks leave nothing that should end here.
      throw new TranscodeException("", "The body does not fit the request");
    }
    return given;
  }

  private List<FieldDescriptor> check(String json) {
    try (JsonCursor cursor = JsonCursor.open(json)) {
      JsonToken first = cursor.next();
      if (first == null) {
        throw new TranscodeException("", "The body is empty, expected " + root.text);
      }
      if (first != (root == Root.ARRAY ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)) {
        throw new TranscodeException("", "The body must be " + root.text);
      }
      List<FieldDescriptor> given = List.of();
      if (members != null) {
        given = members.members(cursor);
      } else {
        elements.check(cursor);
      }
      cursor.end();
      return given;
    }
  }
}
