package dev.trackerd.server.event;

import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the requests about event trackers and dataset groups must keep to, as the model of Amazon
 * Personalize (2018-05-22) has it.
 */
final class EventTrackerChecks {
  static final int MAX_TAGS = 50;
  static final int MAX_RESULTS = 100;
  private static final int MAX_TAGS_SENT = 200;

  private static final List<Constraint> NAME =
      List.of(
          Constraint.minLength(1),
          Constraint.maxLength(63),
          Constraint.pattern("^[a-zA-Z0-9][a-zA-Z0-9\\-_]*"));
  private static final List<Constraint> ARN =
      List.of(
          Constraint.maxLength(256), Constraint.pattern("arn:([a-z\\d-]+):personalize:.*:.*:.+"));
  private static final Constraint TAG_TEXT =
      Constraint.pattern("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
  private static final List<Constraint> TAG_KEY =
      List.of(Constraint.minLength(1), Constraint.maxLength(128), TAG_TEXT);
  private static final List<Constraint> TAG_VALUE = List.of(Constraint.maxLength(256), TAG_TEXT);
  private static final List<Constraint> NEXT_TOKEN =
      List.of(Constraint.maxLength(1500), Constraint.pattern("\\p{ASCII}{0,1500}"));
  private static final List<Constraint> DOMAIN =
      List.of(Constraint.oneOf(List.of("ECOMMERCE", "VIDEO_ON_DEMAND")));

  private EventTrackerChecks() {}

  /**
   * Returns if the request keeps to the model.
   *
   * @throws RequestException FIELD_INVALID or TOO_MANY_TAGS
   */
  static void check(CreateEventTrackerRequest request) {
    Constraints constraints =
        new Constraints()
            .required("name", given(request.hasName(), request.getName()), NAME)
            .required(
                "dataset_group_arn",
                given(request.hasDatasetGroupArn(), request.getDatasetGroupArn()),
                ARN)
            .size("tags", request.getTagsCount(), MAX_TAGS_SENT);
    for (int i = 0; i < request.getTagsCount() && !constraints.isFull(); i++) {
      tag(constraints, "tags[" + i + "].", request.getTags(i));
    }
    constraints.check();
    tags(request.getTagsList());
  }

  /**
   * Returns if the request keeps to the model.
   *
   * @throws RequestException FIELD_INVALID
   */
  static void check(CreateDatasetGroupRequest request) {
    new Constraints()
        .required("name", given(request.hasName(), request.getName()), NAME)
        .optional("domain", given(request.hasDomain(), request.getDomain()), DOMAIN)
        .check();
  }

  /**
   * Returns the ARN that must be there.
   *
   * @param path the field's
   * @throws RequestException FIELD_INVALID
   */
  static String arn(String path, Optional<String> arn) {
    new Constraints().required(path, arn, ARN).check();
    return arn.orElseThrow();
  }

  /**
   * Returns if the members that all lists have keep to the model.
   *
   * @throws RequestException FIELD_INVALID
   */
  static void check(Listing.Query query) {
    new Constraints()
        .optional("dataset_group_arn", query.datasetGroupArn(), ARN)
        .optional("next_token", query.nextToken(), NEXT_TOKEN)
        .upTo("max_results", query.maxResults(), MAX_RESULTS)
        .check();
  }

  /** A field's value, if it was sent. */
  static <T> Optional<T> given(boolean has, T value) {
    return has ? Optional.of(value) : Optional.empty();
  }

  private static void tag(Constraints constraints, String path, Tag tag) {
    constraints
        .required(path + "tag_key", given(tag.hasTagKey(), tag.getTagKey()), TAG_KEY)
        .required(path + "tag_value", given(tag.hasTagValue(), tag.getTagValue()), TAG_VALUE);
  }

  private static void tags(List<Tag> tags) {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < tags.size(); i++) {
      if (!keys.add(tags.get(i).getTagKey())) {
        throw RequestException.field(
            "tags[" + i + "].tag_key", "the same key as an earlier tag (expected: no key twice)");
      }
    }
    if (tags.size() > MAX_TAGS) {
      throw new RequestException(
          ErrorReason.TOO_MANY_TAGS,
          "Too many tags: " + tags.size() + " (expected: at most " + MAX_TAGS + ")");
    }
  }
}
