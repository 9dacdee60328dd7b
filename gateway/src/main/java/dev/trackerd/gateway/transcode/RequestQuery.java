package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.Faults;
import dev.trackerd.gateway.json.FieldText;
import dev.trackerd.gateway.json.TranscodeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a rule makes of the query: it fills the fields that neither path nor body fills, and refuses
 * every other key. It never overwrites: an account in the path must stay the one that was checked.
 * Immutable.
 */
final class RequestQuery {
  private final Descriptor request;
  private final Set<FieldPath> inPath;
  private final RequestBody body;
  private final Map<String, FieldPath> topLevel = new HashMap<>();

  RequestQuery(Descriptor request, Set<FieldPath> inPath, RequestBody body) {
    this.request = request;
    this.inPath = inPath;
    this.body = body;
    for (FieldDescriptor field : request.getFields()) {
      topLevel.put(field.getJsonName(), FieldPath.find(request, field.getName()).orElseThrow());
    }
    // What is one field's JSON name is never another's name.
    for (FieldDescriptor field : request.getFields()) {
      topLevel.putIfAbsent(field.getName(), topLevel.get(field.getJsonName()));
    }
  }

  /** Returns whether the query may fill a top-level field. */
  boolean fills(FieldDescriptor field) {
    FieldPath path = topLevel.get(field.getJsonName());
    return !inPath.contains(path) && !body.binds(field);
  }

  /**
   * Reads the query into the request.
   *
   * @param faults gets what does not fit, by its key
   * @return the fields that it fills
   * @throws TranscodeException if the query can't be split, or no more faults may be told
   */
  Set<FieldPath> read(String rawQuery, Message.Builder builder, Faults faults) {
    Set<FieldPath> given = new HashSet<>();
    for (QueryString.Parameter parameter : QueryString.parse(rawQuery)) {
      faults.attempt(() -> read(parameter, builder, given));
    }
    return given;
  }

  private void read(
      QueryString.Parameter parameter, Message.Builder builder, Set<FieldPath> given) {
    FieldPath path = field(parameter.key());
    if (!given.add(path) && !path.leaf().isRepeated()) {
      throw new TranscodeException(parameter.key(), "given more than once");
    }
    fill(path, parameter, builder);
  }

  private FieldPath field(String key) {
    FieldPath top = topLevel.get(key);
    Optional<FieldPath> found = top == null ? FieldPath.find(request, key) : Optional.of(top);
    FieldPath path =
        found.orElseThrow(() -> new TranscodeException(key, "unknown query parameter"));
    if (body.binds(path.root())) {
      throw new TranscodeException(key, "belongs in the body, not in the query");
    }
    if (inPath.contains(path)) {
      throw new TranscodeException(key, "stands in the path, not in the query");
    }
    if (!FieldText.fits(path.leaf())) {
      throw new TranscodeException(key, "can't be given in the query");
    }
    return path;
  }

  private static void fill(
      FieldPath path, QueryString.Parameter parameter, Message.Builder builder) {
    Message.Builder holder = path.holder(builder);
    FieldDescriptor leaf = path.leaf();
    OneofDescriptor oneof = leaf.getRealContainingOneof();
    if (oneof != null && holder.hasOneof(oneof)) {
      throw new TranscodeException(
          parameter.key(), "another member of " + oneof.getName() + " is given as well");
    }
    Object value = FieldText.parse(holder, leaf, parameter.value());
    if (value == null) {
      throw new TranscodeException(parameter.key(), "expected " + FieldText.expected(leaf));
    }
    if (leaf.isRepeated()) {
      holder.addRepeatedField(leaf, value);
    } else {
      holder.setField(leaf, value);
    }
  }
}
