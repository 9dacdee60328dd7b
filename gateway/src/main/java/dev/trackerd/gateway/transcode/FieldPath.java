package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A way through singular messages to one field: {@code book.author.name}.
 *
 * @param fields at least one
 */
record FieldPath(List<FieldDescriptor> fields) {

  /** Finds a path whose parts are proto names or JSON names; empty if there is none. */
  static Optional<FieldPath> find(Descriptor type, String path) {
    List<FieldDescriptor> fields = new ArrayList<>(1);
    Descriptor at = type;
    for (String name : path.split("\\.", -1)) {
      FieldDescriptor field = at == null ? null : field(at, name);
      if (field == null || fields.size() == JsonCursor.MAX_DEPTH) {
        return Optional.empty();
      }
      fields.add(field);
      at = isPlainMessage(field) ? field.getMessageType() : null;
    }
    return Optional.of(new FieldPath(List.copyOf(fields)));
  }

  private static FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor field = type.findFieldByName(name);
    if (field != null) {
      return field;
    }
    return type.getFields().stream()
        .filter(other -> other.getJsonName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Well-known messages are values: nobody reaches into a Timestamp. */
  private static boolean isPlainMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isRepeated()
        && !field.getMessageType().getFullName().startsWith("google.protobuf.");
  }

  FieldDescriptor root() {
    return fields.get(0);
  }

  FieldDescriptor leaf() {
    return fields.get(fields.size() - 1);
  }

  /** Returns the builder that holds the leaf, making the messages on the way. */
  Message.Builder holder(Message.Builder builder) {
    Message.Builder holder = builder;
    for (FieldDescriptor field : fields.subList(0, fields.size() - 1)) {
      holder = holder.getFieldBuilder(field);
    }
    return holder;
  }

  /**
   * Makes of {@code text} a value for the leaf, or for one element of it; null if the text is
   * unfit. The leaf must be one that {@link #takesText}.
   */
  Object parse(Message.Builder holder, String text) {
    FieldDescriptor leaf = leaf();
    if (leaf.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return TextValues.parse(leaf, text);
    }
    FieldDescriptor wrapped = WellKnownTexts.wrapped(leaf.getMessageType());
    if (wrapped != null) {
      Object value = TextValues.parse(wrapped, text);
      Message.Builder wrapper = holder.newBuilderForField(leaf);
      return value == null ? null : wrapper.setField(wrapped, value).build();
    }
    Message value = WellKnownTexts.parse(leaf.getMessageType(), text);
    return value == null ? null : holder.newBuilderForField(leaf).mergeFrom(value).build();
  }

  /** Returns whether text can be made a value of the leaf: not of most messages. */
  boolean takesText() {
    FieldDescriptor leaf = leaf();
    if (leaf.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return true;
    }
    Descriptor type = leaf.getMessageType();
    boolean text = WellKnownTexts.isText(type) || WellKnownTexts.wrapped(type) != null;
    return text && !leaf.isRepeated();
  }

  /** Returns what {@link #parse} takes, to stand after "expected". */
  String expected() {
    FieldDescriptor leaf = leaf();
    if (leaf.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return TextValues.expected(leaf);
    }
    FieldDescriptor wrapped = WellKnownTexts.wrapped(leaf.getMessageType());
    return wrapped == null
        ? WellKnownTexts.expected(leaf.getMessageType())
        : TextValues.expected(wrapped);
  }

  /** Returns the path in proto names. */
  @Override
  public String toString() {
    return fields.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
  }
}
