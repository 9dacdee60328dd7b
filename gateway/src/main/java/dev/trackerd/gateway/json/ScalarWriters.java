package dev.trackerd.gateway.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.trackerd.gateway.json.FieldWriters.ValueWriter;
import java.util.Base64;

/** Compiles the writers of scalars and enums. */
final class ScalarWriters {

  private ScalarWriters() {}

  static ValueWriter of(FieldDescriptor field, JsonRules rules) {
    return switch (field.getType()) {
      case STRING -> (value, out) -> out.string((String) value);
      case BYTES ->
          (value, out) ->
              out.quoted(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case ENUM -> enumeration(field.getEnumType());
      case DOUBLE -> (value, out) -> decimal((Double) value, out);
      case FLOAT -> (value, out) -> decimal((Float) value, out);
      case INT64, SINT64, SFIXED64, UINT64, FIXED64 ->
          rules.hasTextNumbers()
              ? (value, out) -> out.quoted(whole(field, value))
              : (value, out) -> out.ascii(whole(field, value));
      case BOOL, INT32, SINT32, SFIXED32, UINT32, FIXED32 ->
          (value, out) -> out.ascii(whole(field, value));
      case MESSAGE, GROUP -> throw new IllegalArgumentException(field + " is no scalar");
    };
  }

  /** Returns a value that may be the key of a map, as text. */
  static String key(FieldDescriptor field, Object value) {
    return value instanceof String text ? text : whole(field, value);
  }

  private static String whole(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
      case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
      default -> value.toString();
    };
  }

  private static void decimal(double value, JsonBuffer out) {
    if (Double.isFinite(value)) {
      out.ascii(Decimals.of(value));
    } else {
      out.quoted(Double.toString(value));
    }
  }

  private static void decimal(float value, JsonBuffer out) {
    if (Float.isFinite(value)) {
      out.ascii(Decimals.of(value));
    } else {
      out.quoted(Float.toString(value));
    }
  }

  /** The number of a value that the enum does not have stands for itself. */
  private static ValueWriter enumeration(EnumDescriptor type) {
    boolean isNull = type.getFullName().equals("google.protobuf.NullValue");
    return (value, out) -> {
      EnumValueDescriptor constant = (EnumValueDescriptor) value;
      if (isNull) {
        out.ascii("null");
      } else if (constant.getIndex() < 0) {
        out.ascii(Integer.toString(constant.getNumber()));
      } else {
        out.quoted(constant.getName());
      }
    };
  }
}
