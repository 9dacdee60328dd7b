package dev.trackerd.server.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.trackerd.server.store.StoreException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table failure to gRPC status: the one place that decides which code, reason and text a caller
 * sees. The details follow AIP-193.
 */
final class Statuses {
  private static final String DOMAIN = "trackerd.dev";

  /** What a caller learns of a failure that is in no row of the table. */
  static final String INTERNAL_TEXT =
      "The server failed. Quote the request id when you report this.";

  private Statuses() {}

  /** One row: what the caller sees. */
  private record Row(Code code, String reason, String text, Optional<Duration> retryAfter) {
    Row(Code code, String reason, String text) {
      this(code, reason, text, Optional.empty());
    }
  }

  /** The status of any failure, with its details in the trailers. */
  static StatusRuntimeException of(Throwable failure) {
    if (failure instanceof RequestException refusal) {
      return toStatus(row(refusal), refusal.violations());
    }
    if (failure instanceof StoreException refusal) {
      return toStatus(row(refusal.reason()), List.of());
    }
    return toStatus(new Row(Code.INTERNAL, "INTERNAL", INTERNAL_TEXT), List.of());
  }

  /** Whether the failure is in the table, so that its cause needs no place in the log. */
  static boolean isExpected(Throwable failure) {
    return failure instanceof RequestException
        || (failure instanceof StoreException refusal
            && refusal.reason() != StoreException.Reason.UNAVAILABLE);
  }

  private static Row row(RequestException refusal) {
    String reason = refusal.reason().name();
    String text = refusal.getMessage();
    return switch (refusal.reason()) {
      case FIELD_INVALID,
          PAGE_TOKEN_INVALID,
          NEXT_TOKEN_INVALID,
          TOO_MANY_TAGS,
          TRACKER_TOO_LARGE ->
          new Row(Code.INVALID_ARGUMENT, reason, text);
      case ACCOUNT_MISMATCH -> new Row(Code.PERMISSION_DENIED, reason, text);
      case RESOURCE_NOT_FOUND -> new Row(Code.NOT_FOUND, reason, text);
      case EVENT_TRACKER_EXISTS, DATASET_GROUP_EXISTS -> new Row(Code.ALREADY_EXISTS, reason, text);
      case RESOURCE_IN_USE, EVENT_TRACKER_LIMIT, TRACKER_LIMIT ->
          new Row(Code.FAILED_PRECONDITION, reason, text);
      case CONCURRENT_WRITE -> new Row(Code.RESOURCE_EXHAUSTED, reason, text, millis(100));
      case OVERLOADED -> new Row(Code.UNAVAILABLE, reason, text, millis(1000));
      case TOKEN_INVALID,
          KEY_INVALID,
          MISSING_AUTHENTICATION_TOKEN,
          INCOMPLETE_SIGNATURE,
          INVALID_SIGNATURE,
          UNRECOGNIZED_CLIENT ->
          new Row(Code.UNAUTHENTICATED, reason, text);
    };
  }

  private static Row row(StoreException.Reason reason) {
    return switch (reason) {
      case NOT_FOUND ->
          new Row(Code.NOT_FOUND, "TRACKER_NOT_FOUND", "This account has no tracker of that id.");
      case ALREADY_EXISTS ->
          new Row(Code.ALREADY_EXISTS, "NAME_TAKEN", "A tracker of that name already exists.");
      case IN_USE ->
          new Row(Code.FAILED_PRECONDITION, "RESOURCE_IN_USE", "The resource is in use.");
      case LIMIT ->
          new Row(
              Code.FAILED_PRECONDITION,
              "TRACKER_LIMIT",
              "The account has as many trackers as it may.");
      case UNAVAILABLE ->
          new Row(
              Code.UNAVAILABLE,
              "STORE_UNAVAILABLE",
              "The store does not answer. Try again.",
              millis(1000));
    };
  }

  private static StatusRuntimeException toStatus(
      Row row, List<RequestException.Violation> violations) {
    List<Any> details = new ArrayList<>();
    details.add(Any.pack(ErrorInfo.newBuilder().setReason(row.reason()).setDomain(DOMAIN).build()));
    if (!violations.isEmpty()) {
      BadRequest.Builder bad = BadRequest.newBuilder();
      violations.forEach(
          v -> bad.addFieldViolationsBuilder().setField(v.field()).setDescription(v.description()));
      details.add(Any.pack(bad.build()));
    }
    row.retryAfter()
        .ifPresent(d -> details.add(Any.pack(RetryInfo.newBuilder().setRetryDelay(d).build())));
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(row.code().getNumber())
            .setMessage(row.text())
            .addAllDetails(details)
            .build());
  }

  private static Optional<Duration> millis(int millis) {
    return Optional.of(
        Duration.newBuilder()
            .setSeconds(millis / 1000)
            .setNanos(millis % 1000 * 1_000_000)
            .build());
  }
}
