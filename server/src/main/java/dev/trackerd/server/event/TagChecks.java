package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerChecks.ARN;
import static dev.trackerd.server.event.EventTrackerChecks.given;

import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.store.StoredTag;
import dev.trackerd.server.store.TagStore;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.Tag;
import dev.trackerd.v1.TagResourceRequest;
import dev.trackerd.v1.UntagResourceRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What tags must keep to, as the model of Amazon Personalize (2018-05-22) has it. */
final class TagChecks {
  private static final int MAX_SENT = 200;
  private static final String TAGS = "tags";
  private static final String KEYS = "tag_keys";

  private static final Constraint TEXT = Constraint.pattern("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
  private static final List<Constraint> KEY =
      List.of(Constraint.minLength(1), Constraint.maxLength(128), TEXT);
  private static final List<Constraint> VALUE = List.of(Constraint.maxLength(256), TEXT);

  private TagChecks() {}

  /** Adds what is wrong with the tags of a request, but for their keys as a whole. */
  static void check(Constraints constraints, List<Tag> tags) {
    constraints.size(TAGS, tags.size(), MAX_SENT);
    for (int i = 0; i < tags.size() && !constraints.isFull(); i++) {
      String path = TAGS + "[" + i + "].";
      Tag tag = tags.get(i);
      constraints
          .required(path + "tag_key", given(tag.hasTagKey(), tag.getTagKey()), KEY)
          .required(path + "tag_value", given(tag.hasTagValue(), tag.getTagValue()), VALUE);
    }
  }

  /**
   * Returns the tags of a request that is right in all else.
   *
   * @throws RequestException FIELD_INVALID if a key is there twice; TOO_MANY_TAGS
   */
  static List<StoredTag> toStored(List<Tag> tags) {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < tags.size(); i++) {
      if (!keys.add(tags.get(i).getTagKey())) {
        throw RequestException.field(
            TAGS + "[" + i + "].tag_key",
            "the same key as an earlier tag (expected: no key twice)");
      }
    }
    refuseTooMany(ErrorReason.TOO_MANY_TAGS, "tags", tags.size());
    return tags.stream().map(tag -> new StoredTag(tag.getTagKey(), tag.getTagValue())).toList();
  }

  /**
   * Returns the tags to add.
   *
   * @throws RequestException FIELD_INVALID or TOO_MANY_TAGS
   */
  static List<StoredTag> check(TagResourceRequest request) {
    Constraints constraints = resource(request.hasResourceArn(), request.getResourceArn());
    constraints.notEmpty(TAGS, request.getTagsCount());
    check(constraints, request.getTagsList());
    constraints.check();
    return toStored(request.getTagsList());
  }

  /**
   * Returns the keys of the tags to remove.
   *
   * @throws RequestException FIELD_INVALID or TOO_MANY_TAG_KEYS
   */
  static Set<String> check(UntagResourceRequest request) {
    int count = request.getTagKeysCount();
    Constraints constraints =
        resource(request.hasResourceArn(), request.getResourceArn())
            .notEmpty(KEYS, count)
            .size(KEYS, count, MAX_SENT);
    for (int i = 0; i < count && !constraints.isFull(); i++) {
      constraints.required(KEYS + "[" + i + "]", given(true, request.getTagKeys(i)), KEY);
    }
    constraints.check();
    refuseTooMany(ErrorReason.TOO_MANY_TAG_KEYS, "tag keys", count);
    return Set.copyOf(request.getTagKeysList());
  }

  private static Constraints resource(boolean has, String arn) {
    return new Constraints().required("resource_arn", given(has, arn).map(Arns::decoded), ARN);
  }

  private static void refuseTooMany(ErrorReason reason, String what, int count) {
    if (count > TagStore.MAX_TAGS) {
      throw new RequestException(
          reason,
          "Too many " + what + ": " + count + " (expected: at most " + TagStore.MAX_TAGS + ")");
    }
  }
}
