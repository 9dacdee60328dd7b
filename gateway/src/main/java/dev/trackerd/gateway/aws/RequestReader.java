package dev.trackerd.gateway.aws;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.transcode.JsonCursor;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads requests of one type from JSON. Not by protobuf's own JSON form, which takes {@code "5"}
 * for a number and has other names for a field. Immutable and thread-safe.
 */
final class RequestReader {

  private final Message prototype;
  private final Map<Descriptor, Map<String, FieldDescriptor>> types;

  private RequestReader(Message prototype, Map<Descriptor, Map<String, FieldDescriptor>> types) {
    this.prototype = prototype;
    this.types = types;
  }

  /**
   * Compiles a reader.
   *
   * @throws IllegalArgumentException if a field has a type that the dialect does not have
   */
  static RequestReader of(Message prototype) {
    Map<Descriptor, Map<String, FieldDescriptor>> types = new HashMap<>();
    for (Descriptor type : Shapes.of(prototype.getDescriptorForType())) {
      Map<String, FieldDescriptor> members = new HashMap<>();
      type.getFields().forEach(field -> members.put(field.getJsonName(), field));
      types.put(type, members);
    }
    return new RequestReader(prototype, types);
  }

  Message read(byte[] body) {
    Message.Builder request = prototype.newBuilderForType();
    if (body.length == 0) {
      return request.build();
    }
    try (JsonCursor json = JsonCursor.open(body)) {
      json.next();
      object(json, request);
      json.end();
      return request.build();
    }
  }

  private void object(JsonCursor json, Message.Builder into) {
    if (json.token() != JsonToken.START_OBJECT) {
      throw json.mismatch("an object");
    }
    Map<String, FieldDescriptor> members = types.get(into.getDescriptorForType());
    while (json.next() == JsonToken.FIELD_NAME) {
      FieldDescriptor field = members.get(json.text());
      json.next();
      if (field == null) {
        json.skip();
      } else if (json.token() != JsonToken.VALUE_NULL) {
        member(json, field, into);
      }
    }
  }

  private void member(JsonCursor json, FieldDescriptor field, Message.Builder into) {
    boolean repeated = field.isRepeated();
    if (repeated ? into.getRepeatedFieldCount(field) > 0 : into.hasField(field)) {
      throw json.error("given twice");
    }
    if (!repeated) {
      into.setField(field, value(json, field, into));
    } else if (json.token() != JsonToken.START_ARRAY) {
      throw json.mismatch("an array");
    } else {
      while (json.next() != JsonToken.END_ARRAY) {
        into.addRepeatedField(field, value(json, field, into));
      }
    }
  }

  private Object value(JsonCursor json, FieldDescriptor field, Message.Builder holder) {
    return switch (field.getJavaType()) {
      case STRING -> string(json);
      case INT -> Math.toIntExact(whole(json, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case LONG -> whole(json, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> number(json);
      case BOOLEAN -> bool(json);
      case MESSAGE -> message(json, holder.newBuilderForField(field));
      case FLOAT, ENUM, BYTE_STRING -> throw new IllegalStateException(field.getFullName());
    };
  }

  private Message message(JsonCursor json, Message.Builder builder) {
    object(json, builder);
    return builder.build();
  }

  private static String string(JsonCursor json) {
    if (json.token() != JsonToken.VALUE_STRING) {
      throw json.mismatch("a string");
    }
    return json.text();
  }

  private static boolean bool(JsonCursor json) {
    if (!json.token().isBoolean()) {
      throw json.mismatch("true or false");
    }
    return json.token() == JsonToken.VALUE_TRUE;
  }

  private static double number(JsonCursor json) {
    double value = json.token().isNumeric() ? Double.parseDouble(json.text()) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw json.mismatch("a number");
    }
    return value;
  }

  /** {@code 5.0} is as good as {@code 5}. */
  private static long whole(JsonCursor json, long min, long max) {
    try {
      if (json.token().isNumeric()) {
        long value = new BigDecimal(json.text()).longValueExact();
        if (min <= value && value <= max) {
          return value;
        }
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // A fraction, or more digits than any whole number here has.
    }
    throw json.mismatch("a whole number from " + min + " to " + max);
  }
}
