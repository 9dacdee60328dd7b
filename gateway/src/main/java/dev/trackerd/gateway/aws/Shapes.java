package dev.trackerd.gateway.aws;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.LinkedHashSet;
import java.util.Set;

/** Functions over the types that a message is made of. */
final class Shapes {

  private Shapes() {}

  /**
   * Returns a type and all types that it holds.
   *
   * @throws IllegalArgumentException if one has a field that the dialect can't show
   */
  static Set<Descriptor> of(Descriptor type) {
    Set<Descriptor> types = new LinkedHashSet<>();
    collect(type, types);
    return types;
  }

  private static void collect(Descriptor type, Set<Descriptor> types) {
    if (!types.add(type)) {
      return;
    }
    for (FieldDescriptor field : type.getFields()) {
      switch (field.getType()) {
        case STRING, BOOL, DOUBLE, INT32, SINT32, SFIXED32, INT64, SINT64, SFIXED64 -> {}
        case MESSAGE, GROUP -> {
          requireStructure(field);
          collect(field.getMessageType(), types);
        }
        // No operation has any of these, and each would have a form of its own.
        case FLOAT, BYTES, ENUM, UINT32, FIXED32, UINT64, FIXED64 -> throw unfit(field);
      }
    }
  }

  private static void requireStructure(FieldDescriptor field) {
    boolean special = field.getMessageType().getFullName().startsWith("google.protobuf.");
    if (field.isMapField() || special) {
      throw unfit(field);
    }
  }

  private static IllegalArgumentException unfit(FieldDescriptor field) {
    return new IllegalArgumentException(
        field.getFullName() + " has a type that awsJson1_1 is not made for here");
  }
}
