package dev.trackerd.gateway.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

/** Functions between generated well-known messages and the same without a class of their own. */
final class WellKnown {

  private WellKnown() {}

  /** Returns a generated message as what {@code holder} has for the field. */
  static Message forField(Message.Builder holder, FieldDescriptor field, Message value) {
    return as(holder.newBuilderForField(field).getDefaultInstanceForType(), value);
  }

  /**
   * Returns a message as one of the class of {@code form}, which has the same fields.
   *
   * @throws IllegalArgumentException if it can't be one
   */
  static <T extends Message> T as(T form, Message value) {
    try {
      @SuppressWarnings("unchecked") // Both are of the class of form.
      T same =
          (T)
              (form.getClass() == value.getClass()
                  ? value
                  : form.newBuilderForType().mergeFrom(value.toByteString()).build());
      return same;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a message is not what its type says", e);
    }
  }
}
