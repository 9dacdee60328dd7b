package dev.trackerd.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/**
 * Functions over text that is a field's value, be it in a path, in a query or between the quotes of
 * a JSON string: of scalars and enums, of their wrappers and of the well-known messages that
 * ProtoJSON has as a string.
 */
public final class FieldText {

  private FieldText() {}

  /** Returns whether text can be made a value of the field: not of most messages. */
  public static boolean fits(FieldDescriptor field) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return true;
    }
    Descriptor type = field.getMessageType();
    boolean text = WellKnownTexts.isText(type) || WellKnownTexts.wrapped(type) != null;
    return text && !field.isRepeated();
  }

  /**
   * Makes of text a value for a field that it {@link #fits}, or for one element of it.
   *
   * @param holder the builder of the message with the field
   * @return null if the text is unfit
   */
  public static Object parse(Message.Builder holder, FieldDescriptor field, String text) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return TextValues.parse(field, text);
    }
    FieldDescriptor wrapped = WellKnownTexts.wrapped(field.getMessageType());
    if (wrapped != null) {
      Object value = TextValues.parse(wrapped, text);
      Message.Builder wrapper = holder.newBuilderForField(field);
      return value == null ? null : wrapper.setField(wrapped, value).build();
    }
    Message value = WellKnownTexts.parse(field.getMessageType(), text);
    return value == null ? null : WellKnown.forField(holder, field, value);
  }

  /** Returns what {@link #parse} takes, to stand after "expected". */
  public static String expected(FieldDescriptor field) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return TextValues.expected(field);
    }
    FieldDescriptor wrapped = WellKnownTexts.wrapped(field.getMessageType());
    return wrapped == null
        ? WellKnownTexts.expected(field.getMessageType())
        : TextValues.expected(wrapped);
  }
}
