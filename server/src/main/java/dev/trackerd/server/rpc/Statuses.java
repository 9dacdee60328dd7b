package dev.trackerd.server.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.trackerd.server.auth.SignatureRejectedException;
import dev.trackerd.server.rpc.RequestException.Violation;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table failure to gRPC status: the one place that decides which code, reason and text a caller
 * sees. The details follow AIP-193.
 */
final class Statuses {
  private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);
  private static final UnavailableLog UNAVAILABLE = new UnavailableLog(LOG, System::nanoTime);
  private static final String DOMAIN = "trackerd.dev";

  /** What a caller learns of a failure that is in no row of the table. */
  static final String INTERNAL_TEXT =
      "The server failed. Quote the request id when you report this.";

  /** When to try again, where that helps. */
  private static final Map<ErrorReason, Duration> RETRY_AFTER =
      Map.of(
          ErrorReason.CONCURRENT_WRITE, Duration.newBuilder().setNanos(100_000_000).build(),
          ErrorReason.IDEMPOTENCY_KEY_IN_USE, Duration.newBuilder().setNanos(100_000_000).build(),
          ErrorReason.OVERLOADED, Duration.newBuilder().setSeconds(1).build(),
          ErrorReason.STORE_UNAVAILABLE, Duration.newBuilder().setSeconds(1).build());

  private Statuses() {}

  /** One row: what the caller sees. The reason decides on the rest of the status. */
  private record Row(ErrorReason reason, String text, List<Violation> violations) {
    Row(ErrorReason reason, String text) {
      this(reason, text, List.of());
    }

    Row because(String field) {
      return new Row(reason, field + ": " + text, List.of(new Violation(field, text)));
    }
  }

  /** The status of any failure, with its details in the trailers. */
  static StatusRuntimeException of(Throwable failure) {
    Row row = row(failure);
    Status.Builder status =
        Status.newBuilder().setCode(code(row.reason()).getNumber()).setMessage(row.text());
    ErrorInfo.Builder info = ErrorInfo.newBuilder().setReason(row.reason().name());
    status.addDetails(Any.pack(info.setDomain(DOMAIN).build()));
    if (!row.violations().isEmpty()) {
      status.addDetails(Any.pack(badRequest(row.violations())));
    }
    Duration delay = RETRY_AFTER.get(row.reason());
    if (delay != null) {
      status.addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static BadRequest badRequest(List<Violation> violations) {
    BadRequest.Builder bad = BadRequest.newBuilder();
    violations.forEach(
        v -> bad.addFieldViolationsBuilder().setField(v.field()).setDescription(v.description()));
    return bad.build();
  }

  /** Whether the failure is in the table, so that its cause needs no place in the log. */
  static boolean isExpected(Throwable failure) {
    ErrorReason reason = row(failure).reason();
    return reason != ErrorReason.INTERNAL && reason != ErrorReason.STORE_UNAVAILABLE;
  }

  /**
   * Logs a failure that nobody expected, with its stack and the request id; one of the store's,
   * that many calls meet, in a line now and then.
   */
  static void log(Throwable failure, String requestId) {
    if (isExpected(failure)) {
      return;
    }
    if (failure instanceof StoreException unavailable
        && unavailable.reason() == StoreException.Reason.UNAVAILABLE) {
      UNAVAILABLE.failed(unavailable, requestId);
    } else {
      LOG.atError().addKeyValue("request_id", requestId).setCause(failure).log("call failed");
    }
  }

  private static Row row(Throwable failure) {
    if (failure instanceof RequestException refusal) {
      return new Row(refusal.reason(), refusal.getMessage(), refusal.violations());
    }
    if (failure instanceof StoreException refusal) {
      return row(refusal);
    }
    if (failure instanceof FieldException refusal) {
      return row(refusal.failure()).because(refusal.field());
    }
    if (failure instanceof SignatureRejectedException refusal) {
      return new Row(reason(refusal.kind()), refusal.getMessage());
    }
    return internal();
  }

  private static Row row(StoreException failure) {
    return switch (failure.reason()) {
      case NOT_FOUND -> notFound(failure);
      case ALREADY_EXISTS -> alreadyExists(failure);
      case IN_USE -> inUse(failure);
      case TOO_LARGE ->
          new Row(ErrorReason.TRACKER_TOO_LARGE, "The tracker as stored would be too large.");
      case LIMIT -> limit(failure);
      case BUSY ->
          new Row(
              ErrorReason.CONCURRENT_WRITE,
              "Too many requests: other changes of the same came between. Try again.");
      case CONCURRENT_WRITE ->
          new Row(
              ErrorReason.CONCURRENT_WRITE,
              "Too many requests: at most "
                  + failure.limit()
                  + " create or update call of an account at a time. Try again.");
      case UNAVAILABLE ->
          new Row(ErrorReason.STORE_UNAVAILABLE, "The store does not answer. Try again.");
    };
  }

  private static Row notFound(StoreException failure) {
    return switch (failure.thing()) {
      case TRACKER ->
          new Row(ErrorReason.TRACKER_NOT_FOUND, "This account has no tracker of that id.");
      case EVENT_TRACKER, DATASET_GROUP, DATASET ->
          new Row(
              ErrorReason.RESOURCE_NOT_FOUND,
              "Could not find the specified resource: " + id(failure));
      case TAG, API_KEY, IDEMPOTENCY_KEY, STORE -> internal();
    };
  }

  private static Row inUse(StoreException failure) {
    return failure.thing() == StoreException.Thing.IDEMPOTENCY_KEY
        ? new Row(
            ErrorReason.IDEMPOTENCY_KEY_IN_USE,
            "A request with that idempotency-key is in flight. Try again.")
        : new Row(ErrorReason.RESOURCE_IN_USE, "Resource " + id(failure) + " is in use");
  }

  private static Row alreadyExists(StoreException failure) {
    return switch (failure.thing()) {
      case TRACKER -> new Row(ErrorReason.NAME_TAKEN, "A tracker of that name already exists.");
      case EVENT_TRACKER -> new Row(ErrorReason.EVENT_TRACKER_EXISTS, another(failure));
      case DATASET_GROUP -> new Row(ErrorReason.DATASET_GROUP_EXISTS, another(failure));
      case IDEMPOTENCY_KEY ->
          new Row(
              ErrorReason.IDEMPOTENCY_KEY_REUSED,
              "Another request was made with that idempotency-key.");
      case DATASET, TAG, API_KEY, STORE -> internal();
    };
  }

  private static Row limit(StoreException failure) {
    return switch (failure.thing()) {
      case TRACKER ->
          new Row(
              ErrorReason.TRACKER_LIMIT,
              "An account has at most " + failure.limit() + " trackers.");
      case EVENT_TRACKER ->
          new Row(
              ErrorReason.EVENT_TRACKER_LIMIT,
              "More than "
                  + failure.limit()
                  + " resources in ACTIVE state. Please delete some and try again.");
      case TAG ->
          new Row(
              ErrorReason.TOO_MANY_TAGS,
              "Too many tags: a resource has at most " + failure.limit() + ".");
      case DATASET_GROUP, DATASET, API_KEY, IDEMPOTENCY_KEY, STORE -> internal();
    };
  }

  private static String another(StoreException failure) {
    return "Another resource with Arn " + id(failure) + " already exists.";
  }

  /** As the service that knows the resource's ARN left it. */
  private static String id(StoreException failure) {
    return failure.id().orElse("");
  }

  private static Row internal() {
    return new Row(ErrorReason.INTERNAL, INTERNAL_TEXT);
  }

  private static ErrorReason reason(SignatureRejectedException.Kind kind) {
    return switch (kind) {
      case MISSING_AUTHENTICATION_TOKEN -> ErrorReason.MISSING_AUTHENTICATION_TOKEN;
      case INCOMPLETE_SIGNATURE -> ErrorReason.INCOMPLETE_SIGNATURE;
      case INVALID_SIGNATURE -> ErrorReason.INVALID_SIGNATURE;
      case UNRECOGNIZED_CLIENT -> ErrorReason.UNRECOGNIZED_CLIENT;
    };
  }

  private static Code code(ErrorReason reason) {
    return switch (reason) {
      case FIELD_INVALID,
          PAGE_TOKEN_INVALID,
          NEXT_TOKEN_INVALID,
          TOO_MANY_TAGS,
          TOO_MANY_TAG_KEYS,
          TRACKER_TOO_LARGE,
          MESSAGE_MALFORMED ->
          Code.INVALID_ARGUMENT;
      case ACCOUNT_MISMATCH -> Code.PERMISSION_DENIED;
      case TRACKER_NOT_FOUND, RESOURCE_NOT_FOUND -> Code.NOT_FOUND;
      case NAME_TAKEN,
          EVENT_TRACKER_EXISTS,
          DATASET_GROUP_EXISTS,
          IDEMPOTENCY_KEY_REUSED,
          IDEMPOTENCY_KEY_IN_USE ->
          Code.ALREADY_EXISTS;
      case RESOURCE_IN_USE, TRACKER_LIMIT, EVENT_TRACKER_LIMIT -> Code.FAILED_PRECONDITION;
      case CONCURRENT_WRITE, OVERLOADED, MESSAGE_TOO_LARGE -> Code.RESOURCE_EXHAUSTED;
      case TOKEN_INVALID,
          KEY_INVALID,
          MISSING_AUTHENTICATION_TOKEN,
          INCOMPLETE_SIGNATURE,
          INVALID_SIGNATURE,
          UNRECOGNIZED_CLIENT ->
          Code.UNAUTHENTICATED;
      case STORE_UNAVAILABLE -> Code.UNAVAILABLE;
      case INTERNAL, ERROR_REASON_UNSPECIFIED, UNRECOGNIZED -> Code.INTERNAL;
    };
  }
}
