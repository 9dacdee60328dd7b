package dev.trackerd.server.event;

import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.TagOwner;
import dev.trackerd.v1.ErrorReason;
import java.util.function.Supplier;

/**
 * The resources that requests name by their ARNs. What is wrong with one is told in the order and
 * the words of AWS' services: whose it is comes before whether it exists. Immutable and
 * thread-safe.
 */
final class Resources {
  private final Arns arns;

  Resources(Arns arns) {
    this.arns = arns;
  }

  /**
   * The id of the event tracker that {@code arn} names; "", which none has, if it names none.
   *
   * @param operation the RPC's name
   * @throws RequestException ACCOUNT_MISMATCH
   */
  String eventTracker(Caller caller, String operation, String arn) {
    own(caller, operation, arn);
    return arns.eventTrackerId(caller.account(), arn).orElse("");
  }

  /**
   * The name of the dataset group that {@code arn} names; "", which none has, if it names none.
   *
   * @param operation the RPC's name
   * @throws RequestException ACCOUNT_MISMATCH
   */
  String datasetGroup(Caller caller, String operation, String arn) {
    own(caller, operation, arn);
    return arns.datasetGroupName(caller.account(), arn).orElse("");
  }

  /**
   * The dataset that {@code arn} names; one that does not exist, if it names none.
   *
   * @param operation the RPC's name
   * @throws RequestException ACCOUNT_MISMATCH
   */
  Arns.DatasetKey dataset(Caller caller, String operation, String arn) {
    own(caller, operation, arn);
    return arns.datasetKey(caller.account(), arn).orElse(new Arns.DatasetKey("", ""));
  }

  /**
   * What may have tags and is named by {@code arn}; what does not exist, if it names nothing such.
   *
   * @param operation the RPC's name
   * @throws RequestException ACCOUNT_MISMATCH
   */
  TagOwner tagOwner(Caller caller, String operation, String arn) {
    own(caller, operation, arn);
    return arns.tagOwner(caller.account(), arn).orElse(TagOwner.eventTracker(""));
  }

  /**
   * Makes a call of the store about one resource, so that its failures name the resource as its
   * caller does.
   */
  static <T> T about(String arn, Supplier<T> call) {
    try {
      return call.get();
    } catch (StoreException e) {
      throw named(e, arn);
    }
  }

  /** The failure of a call about a resource, under the resource's ARN. */
  static StoreException named(StoreException failure, String arn) {
    return failure.id().isPresent() ? failure.withId(arn) : failure;
  }

  private static void own(Caller caller, String operation, String arn) {
    if (!Arns.isOf(caller.account(), arn)) {
      throw new RequestException(
          ErrorReason.ACCOUNT_MISMATCH,
          "User: arn:aws:iam::%s:user/%s is not authorized to perform: personalize:%s on resource: %s"
              .formatted(caller.account(), caller.keyId(), operation, arn));
    }
  }
}
