package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/**
 * Fills a request's {@code update_mask} (AIP-134) with the members of the body, so that a JSON
 * client changes what it sends, an empty list included, and nothing else.
 */
record UpdateMask(FieldDescriptor field) {

  /** Returns the mask of an update's request; empty if it is not one or has none. */
  static Optional<UpdateMask> of(Descriptor request, BindingRule rule, RequestBody body) {
    FieldDescriptor field = request.findFieldByName("update_mask");
    boolean update = rule.httpMethod().equals("PATCH") || rule.httpMethod().equals("PUT");
    boolean mask =
        field != null
            && !field.isRepeated()
            && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && field.getMessageType().equals(FieldMask.getDescriptor());
    return update && mask && body.messageField() != null
        ? Optional.of(new UpdateMask(field))
        : Optional.empty();
  }

  /** Names the members; a body without members leaves the mask unset. */
  void fill(Message.Builder builder, List<FieldDescriptor> members) {
    if (!members.isEmpty()) {
      FieldMask.Builder mask = FieldMask.newBuilder();
      members.forEach(member -> mask.addPaths(member.getName()));
      builder.setField(field, mask.build());
    }
  }
}
