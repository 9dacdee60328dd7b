package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.JsonReader;
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
      if (field == null || fields.size() == JsonReader.MAX_DEPTH) {
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

  /** Returns the path in JSON names. */
  String jsonPath() {
    return fields.stream().map(FieldDescriptor::getJsonName).collect(Collectors.joining("."));
  }

  /** Returns the path in proto names. */
  @Override
  public String toString() {
    return fields.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
  }
}
