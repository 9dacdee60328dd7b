package dev.trackerd.gateway.http;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.LocalizedMessage;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.trackerd.gateway.call.CallOutcome;
import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.route.RouteException;
import dev.trackerd.gateway.v1.GatewayErrorReason;
import io.grpc.protobuf.StatusProto;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Every failure's HTTP status and body. The body is always the JSON form of {@code
 * google.rpc.Status}; the gateway's own failures carry an {@code ErrorInfo} with a stable reason.
 */
public final class HttpErrors {

  private static final String DOMAIN = "trackerd.dev";

  private HttpErrors() {}

  /**
   * The table with its one exception by reason: a service that has too much to do is not one whose
   * caller asks too often.
   */
  private static int httpStatus(io.grpc.Status.Code code, Status body) {
    return code == io.grpc.Status.Code.RESOURCE_EXHAUSTED && isOverloaded(body)
        ? 503
        : httpStatus(code);
  }

  private static boolean isOverloaded(Status body) {
    try {
      for (Any detail : body.getDetailsList()) {
        if (detail.is(ErrorInfo.class)
            && detail
                .unpack(ErrorInfo.class)
                .getReason()
                .equals(GatewayErrorReason.OVERLOADED.name())) {
          return true;
        }
      }
    } catch (InvalidProtocolBufferException e) {
      // A detail that can't be read says nothing.
    }
    return false;
  }

  /** The table: what a gRPC status is over HTTP. */
  static int httpStatus(io.grpc.Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 502;
      case DEADLINE_EXCEEDED -> 504;
    };
  }

  /**
   * Returns what a failed call is answered with.
   *
   * @param told makes of the service's failure what the caller is told
   */
  static HttpFailure of(CallOutcome.Failure failure, UnaryOperator<Status> told) {
    if (failure.local()) {
      return ofLocal(failure.status().getCode());
    }
    Status body = told.apply(details(failure));
    return new HttpFailure(httpStatus(failure.status().getCode(), body), body, null);
  }

  /** Returns what a path without a route is answered with. */
  static HttpFailure of(RouteException failure) {
    String message = failure.getMessage();
    return switch (failure.reason()) {
      case NOT_FOUND -> own(404, Code.NOT_FOUND, GatewayErrorReason.ROUTE_NOT_FOUND, message);
      case BAD_PATH -> requestInvalid(message, List.of());
      case METHOD_NOT_ALLOWED -> methodNotAllowed(failure.allowed());
    };
  }

  /**
   * Returns what a method that a path does not have is answered with.
   *
   * @param allowed the methods that it has, but for HEAD and OPTIONS
   */
  static HttpFailure methodNotAllowed(Collection<String> allowed) {
    String allow = Methods.allow(allowed);
    String message = "This path allows only " + allow + ".";
    Status body = status(Code.UNIMPLEMENTED, message, info(GatewayErrorReason.METHOD_NOT_ALLOWED));
    return new HttpFailure(405, body, allow);
  }

  /** Returns what a request that does not fit its rule is answered with. */
  static HttpFailure of(TranscodeException failure) {
    return requestInvalid(failure.getMessage(), failure.violations());
  }

  /** Returns what a request that can't be read as one is answered with. */
  static HttpFailure malformed(int httpStatus, String message) {
    return own(httpStatus, Code.INVALID_ARGUMENT, GatewayErrorReason.REQUEST_INVALID, message);
  }

  /** Returns what one bad header is answered with. */
  static HttpFailure badHeader(String name, String expected) {
    return requestInvalid(
        name + ": " + expected, List.of(new TranscodeException.Violation(name, expected)));
  }

  static HttpFailure credentialMissing() {
    HttpFailure plain = unauthenticated(GatewayErrorReason.CREDENTIAL_MISSING);
    // The message is the one that clients know; what it does not say, this does.
    LocalizedMessage missing =
        LocalizedMessage.newBuilder()
            .setLocale("en-US")
            .setMessage("The access token is missing (expected: Authorization: Bearer …)")
            .build();
    Status body = plain.body().toBuilder().addDetails(Any.pack(missing)).build();
    return new HttpFailure(plain.httpStatus(), body, null);
  }

  static HttpFailure credentialAmbiguous() {
    return unauthenticated(GatewayErrorReason.TOKEN_INVALID);
  }

  static HttpFailure bodyTooLarge(int limit) {
    String message = "The body is longer than " + limit + " bytes.";
    return own(413, Code.RESOURCE_EXHAUSTED, GatewayErrorReason.BODY_TOO_LARGE, message);
  }

  static HttpFailure bodyTooSlow() {
    return own(
        408,
        Code.DEADLINE_EXCEEDED,
        GatewayErrorReason.REQUEST_TIMEOUT,
        "The body did not arrive in time.");
  }

  static HttpFailure unsupported(String message) {
    return own(415, Code.INVALID_ARGUMENT, GatewayErrorReason.CONTENT_TYPE_UNSUPPORTED, message);
  }

  /** Returns what a request is answered with that would be one too many. */
  static HttpFailure overloaded() {
    String message = "Too many requests are under way, try again.";
    RetryInfo retry =
        RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(1)).build();
    Status plain = status(Code.RESOURCE_EXHAUSTED, message, info(GatewayErrorReason.OVERLOADED));
    return new HttpFailure(503, plain.toBuilder().addDetails(Any.pack(retry)).build(), null);
  }

  static HttpFailure notReady() {
    return own(503, Code.UNAVAILABLE, GatewayErrorReason.NOT_READY, "The service is not ready.");
  }

  /** Returns what a failure that nobody thought of is answered with. Its text stays in the log. */
  static HttpFailure internal() {
    return own(
        500,
        Code.INTERNAL,
        GatewayErrorReason.INTERNAL,
        "The gateway failed. The x-request-id says which request it was.");
  }

  private static HttpFailure ofLocal(io.grpc.Status.Code code) {
    return switch (code) {
      case UNAVAILABLE ->
          own(
              502,
              Code.UNAVAILABLE,
              GatewayErrorReason.BACKEND_UNAVAILABLE,
              "The service cannot be reached.");
      case DEADLINE_EXCEEDED ->
          own(
              504,
              Code.DEADLINE_EXCEEDED,
              GatewayErrorReason.DEADLINE_EXCEEDED,
              "No answer came in time.");
      case CANCELLED ->
          own(499, Code.CANCELLED, GatewayErrorReason.CANCELLED, "The call was cancelled.");
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL,
          DATA_LOSS,
          UNAUTHENTICATED ->
          internal();
    };
  }

  private static Status details(CallOutcome.Failure failure) {
    io.grpc.Status status = failure.status();
    try {
      Status sent = StatusProto.fromStatusAndTrailers(status, failure.metadata());
      if (sent != null) {
        return sent;
      }
    } catch (IllegalArgumentException e) {
      // The details contradict the status, which then counts.
    }
    String message = status.getDescription() == null ? "" : status.getDescription();
    return Status.newBuilder().setCode(status.getCode().value()).setMessage(message).build();
  }

  private static HttpFailure unauthenticated(GatewayErrorReason reason) {
    return own(401, Code.UNAUTHENTICATED, reason, "Token validation failed for provided token.");
  }

  private static HttpFailure requestInvalid(
      String message, List<TranscodeException.Violation> violations) {
    BadRequest.Builder bad = BadRequest.newBuilder();
    for (TranscodeException.Violation violation : violations) {
      bad.addFieldViolationsBuilder()
          .setField(violation.field())
          .setDescription(violation.description());
    }
    Status plain = status(Code.INVALID_ARGUMENT, message, info(GatewayErrorReason.REQUEST_INVALID));
    Status body =
        violations.isEmpty() ? plain : plain.toBuilder().addDetails(Any.pack(bad.build())).build();
    return new HttpFailure(400, body, null);
  }

  /**
   * Makes a failure of the gateway's own.
   *
   * @param reason stable, for programs
   * @param message for a person
   */
  public static HttpFailure own(
      int httpStatus, Code code, GatewayErrorReason reason, String message) {
    return new HttpFailure(httpStatus, status(code, message, info(reason)), null);
  }

  private static Status status(Code code, String message, Message detail) {
    return Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage(message)
        .addDetails(Any.pack(detail))
        .build();
  }

  private static ErrorInfo info(GatewayErrorReason reason) {
    return ErrorInfo.newBuilder().setReason(reason.name()).setDomain(DOMAIN).build();
  }
}
