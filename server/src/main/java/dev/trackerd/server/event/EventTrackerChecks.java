package dev.trackerd.server.event;

import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.StoredTag;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.Tag;
import java.util.List;
import java.util.Optional;

/**
 * What the requests about event trackers and dataset groups must keep to, as the model of Amazon
 * Personalize (2018-05-22) has it.
 */
public final class EventTrackerChecks {
  static final int MAX_RESULTS = 100;

  private static final List<Constraint> NAME =
      List.of(
          Constraint.minLength(1),
          Constraint.maxLength(63),
          Constraint.pattern("^[a-zA-Z0-9][a-zA-Z0-9\\-_]*"));
  static final List<Constraint> ARN =
      List.of(
          Constraint.maxLength(256), Constraint.pattern("arn:([a-z\\d-]+):personalize:.*:.*:.+"));
  private static final List<Constraint> ROLE =
      List.of(
          Constraint.maxLength(256),
          Constraint.pattern("arn:([a-z\\d-]+):iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+"));
  private static final List<Constraint> KEY =
      List.of(Constraint.maxLength(2048), Constraint.pattern("arn:aws.*:kms:.*:[0-9]{12}:key/.*"));
  private static final List<Constraint> NEXT_TOKEN =
      List.of(Constraint.maxLength(1500), Constraint.pattern("\\p{ASCII}{0,1500}"));
  private static final List<Constraint> DOMAIN =
      List.of(Constraint.oneOf(List.of("ECOMMERCE", "VIDEO_ON_DEMAND")));

  private EventTrackerChecks() {}

  /**
   * Returns the tags of a request that keeps to the model.
   *
   * @throws RequestException FIELD_INVALID or TOO_MANY_TAGS
   */
  public static List<StoredTag> check(CreateEventTrackerRequest request) {
    Constraints constraints =
        new Constraints()
            .required("name", given(request.hasName(), request.getName()), NAME)
            .required(
                "dataset_group_arn",
                given(request.hasDatasetGroupArn(), request.getDatasetGroupArn()),
                ARN);
    TagChecks.check(constraints, request.getTagsList());
    constraints.check();
    return TagChecks.toStored(request.getTagsList());
  }

  /**
   * Returns what a request that keeps to the model says of a dataset group.
   *
   * @throws RequestException FIELD_INVALID or TOO_MANY_TAGS
   */
  public static DatasetGroupContent check(CreateDatasetGroupRequest request) {
    Optional<String> domain = given(request.hasDomain(), request.getDomain());
    Optional<String> role = given(request.hasRoleArn(), request.getRoleArn());
    Optional<String> key = given(request.hasKmsKeyArn(), request.getKmsKeyArn());
    Constraints constraints =
        new Constraints()
            .required("name", given(request.hasName(), request.getName()), NAME)
            .optional("domain", domain, DOMAIN)
            .optional("role_arn", role, ROLE)
            .optional("kms_key_arn", key, KEY)
            // "Supplying an IAM role is only valid when also specifying a KMS key", and a key needs
            // one.
            .together("role_arn", role, "kms_key_arn", key);
    TagChecks.check(constraints, request.getTagsList());
    constraints.check();
    return new DatasetGroupContent(
        request.getName(), domain, role, key, TagChecks.toStored(request.getTagsList()));
  }

  /**
   * Returns the tags if they keep to the model.
   *
   * @throws RequestException FIELD_INVALID or TOO_MANY_TAGS
   */
  public static List<StoredTag> check(List<Tag> tags) {
    Constraints constraints = new Constraints();
    TagChecks.check(constraints, tags);
    constraints.check();
    return TagChecks.toStored(tags);
  }

  /** Whether a dataset group, or an event tracker, may have that name. */
  public static boolean isName(String name) {
    return NAME.stream().allMatch(constraint -> constraint.holds().test(name));
  }

  /**
   * Returns the ARN that must be there, with slashes as such.
   *
   * @param path the field's
   * @throws RequestException FIELD_INVALID
   */
  static String arn(String path, Optional<String> arn) {
    Optional<String> whole = arn.map(Arns::decoded);
    new Constraints().required(path, whole, ARN).check();
    return whole.orElseThrow();
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
}
