package dev.trackerd.server.event;

import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.rpc.RequestException.Reason;
import dev.trackerd.server.store.StoreException;
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

  /** Makes a call of the store about one resource; its failures become those of the resource. */
  static <T> T about(String arn, Supplier<T> call) {
    try {
      return call.get();
    } catch (StoreException e) {
      throw switch (e.reason()) {
        case NOT_FOUND -> notFound(arn);
        case IN_USE ->
            new RequestException(Reason.RESOURCE_IN_USE, "Resource " + arn + " is in use");
        case ALREADY_EXISTS, LIMIT, UNAVAILABLE -> e;
      };
    }
  }

  /** The refusal of a second one. */
  static RequestException exists(Reason reason, String arn) {
    return new RequestException(reason, "Another resource with Arn " + arn + " already exists.");
  }

  private static RequestException notFound(String arn) {
    return new RequestException(
        Reason.RESOURCE_NOT_FOUND, "Could not find the specified resource: " + arn);
  }

  private static void own(Caller caller, String operation, String arn) {
    if (!Arns.isOf(caller.account(), arn)) {
      throw new RequestException(
          Reason.ACCOUNT_MISMATCH,
          "User: arn:aws:iam::%s:user/%s is not authorized to perform: personalize:%s on resource: %s"
              .formatted(caller.account(), caller.keyId(), operation, arn));
    }
  }
}
