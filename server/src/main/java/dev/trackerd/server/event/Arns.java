package dev.trackerd.server.event;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.TagOwner;
import java.util.Optional;

/**
 * The Amazon Resource Names of one region: {@code
 * arn:aws:personalize:{region}:{account}:{type}/{id}}. Immutable and thread-safe.
 */
final class Arns {
  private static final String EVENT_TRACKER = "event-tracker/";
  private static final String DATASET_GROUP = "dataset-group/";
  private static final String DATASET = "dataset/";

  /** Where the account stands among the parts between colons. */
  private static final int ACCOUNT = 4;

  private static final int PARTS = 6;

  private final String region;

  /** What names a dataset in its account. */
  record DatasetKey(String group, String type) {}

  Arns(String region) {
    this.region = region;
  }

  String eventTracker(AccountId account, String id) {
    return prefix(account) + EVENT_TRACKER + id;
  }

  String datasetGroup(AccountId account, String name) {
    return prefix(account) + DATASET_GROUP + name;
  }

  String dataset(AccountId account, String group, String type) {
    return prefix(account) + DATASET + group + "/" + type;
  }

  /** The id of the event tracker that {@code arn} names; empty if it names anything else. */
  Optional<String> eventTrackerId(AccountId account, String arn) {
    return after(prefix(account) + EVENT_TRACKER, arn);
  }

  /** The name of the dataset group that {@code arn} names; empty if it names anything else. */
  Optional<String> datasetGroupName(AccountId account, String arn) {
    return after(prefix(account) + DATASET_GROUP, arn);
  }

  /** The dataset that {@code arn} names; empty if it names anything else. */
  Optional<DatasetKey> datasetKey(AccountId account, String arn) {
    return after(prefix(account) + DATASET, arn)
        .map(name -> name.split("/", -1))
        .filter(parts -> parts.length == 2)
        .map(parts -> new DatasetKey(parts[0], parts[1]));
  }

  /** What may have tags and is named by {@code arn}; empty if it names anything else. */
  Optional<TagOwner> tagOwner(AccountId account, String arn) {
    return eventTrackerId(account, arn)
        .map(TagOwner::eventTracker)
        .or(() -> datasetGroupName(account, arn).map(TagOwner::datasetGroup))
        .or(
            () ->
                datasetKey(account, arn)
                    .map(dataset -> TagOwner.dataset(dataset.group(), dataset.type())));
  }

  /**
   * Whether {@code arn} says that the account owns what it names.
   *
   * @param arn of the form that {@link Constraints} require
   */
  static boolean isOf(AccountId account, String arn) {
    String[] parts = arn.split(":", PARTS);
    return parts.length == PARTS && parts[ACCOUNT].equals(account.value());
  }

  /**
   * The ARN with its percent-encoded slashes decoded. A path that holds an ARN may be encoded as a
   * whole, and a variable of several segments keeps {@code %2F} as it is ({@code
   * google/api/http.proto}, "Path template syntax"); no ARN has a percent sign of its own.
   */
  static String decoded(String arn) {
    return arn.replace("%2F", "/").replace("%2f", "/");
  }

  private String prefix(AccountId account) {
    return "arn:aws:personalize:" + region + ":" + account + ":";
  }

  private static Optional<String> after(String prefix, String arn) {
    return arn.startsWith(prefix) ? Optional.of(arn.substring(prefix.length())) : Optional.empty();
  }
}
