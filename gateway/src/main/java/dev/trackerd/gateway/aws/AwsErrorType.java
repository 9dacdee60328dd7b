package dev.trackerd.gateway.aws;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.trackerd.gateway.v1.GatewayErrorReason;
import dev.trackerd.v1.ErrorReason;

/**
 * The errors of the dialect, and the table of which failure is which. Those with status 400 but for
 * the first few are in the service's model or among the errors common to all AWS services; SDKs try
 * again after {@code ThrottlingException} and every 5xx.
 */
enum AwsErrorType {
  INVALID_INPUT(400, "InvalidInputException"),
  INVALID_NEXT_TOKEN(400, "InvalidNextTokenException"),
  TOO_MANY_TAGS(400, "TooManyTagsException"),
  TOO_MANY_TAG_KEYS(400, "TooManyTagKeysException"),
  RESOURCE_NOT_FOUND(400, "ResourceNotFoundException"),
  RESOURCE_ALREADY_EXISTS(400, "ResourceAlreadyExistsException"),
  RESOURCE_IN_USE(400, "ResourceInUseException"),
  LIMIT_EXCEEDED(400, "LimitExceededException"),
  ACCESS_DENIED(400, "AccessDeniedException"),
  MISSING_AUTHENTICATION_TOKEN(400, "MissingAuthenticationTokenException"),
  INCOMPLETE_SIGNATURE(400, "IncompleteSignatureException"),
  INVALID_SIGNATURE(400, "InvalidSignatureException"),
  UNRECOGNIZED_CLIENT(400, "UnrecognizedClientException"),
  THROTTLING(400, "ThrottlingException"),
  SERIALIZATION(400, "SerializationException"),
  UNKNOWN_OPERATION(400, "UnknownOperationException"),
  NO_OPERATION_HERE(404, "UnknownOperationException"),
  REQUEST_TIMEOUT(408, "RequestTimeoutException"),
  BODY_TOO_LARGE(413, "RequestEntityTooLargeException"),
  UNSUPPORTED_MEDIA_TYPE(415, "UnsupportedMediaTypeException"),
  INTERNAL_FAILURE(500, "InternalFailure"),
  SERVICE_UNAVAILABLE(503, "ServiceUnavailable");

  private final int httpStatus;
  private final String shape;

  AwsErrorType(int httpStatus, String shape) {
    this.httpStatus = httpStatus;
    this.shape = shape;
  }

  int httpStatus() {
    return httpStatus;
  }

  String shape() {
    return shape;
  }

  /**
   * Returns what a failure is: by its reason where that says more than its code, else by its code.
   */
  static AwsErrorType of(Status status) {
    for (Any detail : status.getDetailsList()) {
      AwsErrorType type = detail.is(ErrorInfo.class) ? ofReason(reason(detail)) : null;
      if (type != null) {
        return type;
      }
    }
    return ofCode(io.grpc.Status.fromCodeValue(status.getCode()).getCode());
  }

  private static AwsErrorType ofReason(String reason) {
    EnumValueDescriptor service = ErrorReason.getDescriptor().findValueByName(reason);
    if (service != null) {
      return of(ErrorReason.valueOf(service));
    }
    EnumValueDescriptor gateway = GatewayErrorReason.getDescriptor().findValueByName(reason);
    return gateway == null ? null : of(GatewayErrorReason.valueOf(gateway));
  }

  /** What a failure of the service is; null if its code says enough. */
  private static AwsErrorType of(ErrorReason reason) {
    return switch (reason) {
      case NEXT_TOKEN_INVALID -> INVALID_NEXT_TOKEN;
      case TOO_MANY_TAGS -> TOO_MANY_TAGS;
      case TOO_MANY_TAG_KEYS -> TOO_MANY_TAG_KEYS;
      case IDEMPOTENCY_KEY_REUSED -> INVALID_INPUT;
      case RESOURCE_IN_USE -> RESOURCE_IN_USE;
      case TRACKER_LIMIT, EVENT_TRACKER_LIMIT -> LIMIT_EXCEEDED;
      // SDKs wait and try again then, and get the answer of the first.
      case CONCURRENT_WRITE, IDEMPOTENCY_KEY_IN_USE -> THROTTLING;
      case MISSING_AUTHENTICATION_TOKEN -> MISSING_AUTHENTICATION_TOKEN;
      case INCOMPLETE_SIGNATURE -> INCOMPLETE_SIGNATURE;
      case INVALID_SIGNATURE -> INVALID_SIGNATURE;
      case UNRECOGNIZED_CLIENT -> UNRECOGNIZED_CLIENT;
      case FIELD_INVALID,
          PAGE_TOKEN_INVALID,
          TRACKER_TOO_LARGE,
          MESSAGE_MALFORMED,
          MESSAGE_TOO_LARGE,
          ACCOUNT_MISMATCH,
          TRACKER_NOT_FOUND,
          RESOURCE_NOT_FOUND,
          NAME_TAKEN,
          EVENT_TRACKER_EXISTS,
          DATASET_GROUP_EXISTS,
          OVERLOADED,
          TOKEN_INVALID,
          KEY_INVALID,
          STORE_UNAVAILABLE,
          INTERNAL,
          ERROR_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          null;
    };
  }

  /** What a failure of the gateway's own is; null if its code says enough. */
  private static AwsErrorType of(GatewayErrorReason reason) {
    return switch (reason) {
      case REQUEST_INVALID -> SERIALIZATION;
      case OPERATION_UNKNOWN -> UNKNOWN_OPERATION;
      case ROUTE_NOT_FOUND -> NO_OPERATION_HERE;
      case REQUEST_TIMEOUT -> REQUEST_TIMEOUT;
      case BODY_TOO_LARGE -> BODY_TOO_LARGE;
      case CONTENT_TYPE_UNSUPPORTED -> UNSUPPORTED_MEDIA_TYPE;
      case CREDENTIAL_MISSING,
          TOKEN_INVALID,
          METHOD_NOT_ALLOWED,
          CANCELLED,
          INTERNAL,
          BACKEND_UNAVAILABLE,
          OVERLOADED,
          NOT_READY,
          DEADLINE_EXCEEDED,
          GATEWAY_ERROR_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          null;
    };
  }

  private static AwsErrorType ofCode(io.grpc.Status.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> INVALID_INPUT;
      case NOT_FOUND -> RESOURCE_NOT_FOUND;
      case ALREADY_EXISTS -> RESOURCE_ALREADY_EXISTS;
      case PERMISSION_DENIED -> ACCESS_DENIED;
      // What became of the token between the two calls: its key was revoked.
      case UNAUTHENTICATED -> UNRECOGNIZED_CLIENT;
      case UNIMPLEMENTED -> UNKNOWN_OPERATION;
      case UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED -> SERVICE_UNAVAILABLE;
      case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, INTERNAL, DATA_LOSS -> INTERNAL_FAILURE;
    };
  }

  private static String reason(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }
}
