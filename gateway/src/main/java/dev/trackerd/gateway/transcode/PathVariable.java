package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.FieldText;
import dev.trackerd.gateway.json.TranscodeException;

/** A variable of a rule's template and the field that it fills. */
record PathVariable(String name, FieldPath path) {

  /**
   * Resolves a variable.
   *
   * @throws IllegalArgumentException if there is no such field, or it is repeated or a message
   */
  static PathVariable of(Descriptor request, String name) {
    FieldPath path =
        FieldPath.find(request, name)
            .orElseThrow(
                () -> new IllegalArgumentException("path names " + name + ", no such field"));
    FieldDescriptor leaf = path.leaf();
    if (leaf.isRepeated() || leaf.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      throw new IllegalArgumentException(
          "path names " + name + ", which is repeated or a message and can't stand in a path");
    }
    return new PathVariable(name, path);
  }

  /**
   * Fills the field, over a body that says the same or nothing.
   *
   * @param inBody whether the body gives the field, even if it is its default
   * @throws TranscodeException if the text is unfit, or the body says something else
   */
  void fill(Message.Builder builder, String text, boolean inBody) {
    Message.Builder holder = path.holder(builder);
    FieldDescriptor leaf = path.leaf();
    Object value = FieldText.parse(holder, leaf, text);
    if (value == null) {
      throw new TranscodeException(path.jsonPath(), "expected " + FieldText.expected(leaf));
    }
    Object before = holder.getField(leaf);
    boolean given = inBody || holder.hasField(leaf);
    if (given && !before.equals(value)) {
      throw new TranscodeException(path.jsonPath(), "the body has another value than the path");
    }
    holder.setField(leaf, value);
  }
}
