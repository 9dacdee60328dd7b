package dev.trackerd.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service refuses, over real sockets. */
final class AwsFailuresIT {

  private static final String OPERATION = "AmazonPersonalize.DeleteEventTracker";

  private AwsDesk desk;

  @BeforeEach
  void open() throws IOException {
    desk = new AwsDesk();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, FIELD_INVALID, 400, InvalidInputException",
    "INVALID_ARGUMENT, NEXT_TOKEN_INVALID, 400, InvalidNextTokenException",
    "INVALID_ARGUMENT, TOO_MANY_TAGS, 400, TooManyTagsException",
    "PERMISSION_DENIED, ACCOUNT_MISMATCH, 400, AccessDeniedException",
    "NOT_FOUND, RESOURCE_NOT_FOUND, 400, ResourceNotFoundException",
    "ALREADY_EXISTS, EVENT_TRACKER_EXISTS, 400, ResourceAlreadyExistsException",
    "ALREADY_EXISTS, DATASET_GROUP_EXISTS, 400, ResourceAlreadyExistsException",
    "ALREADY_EXISTS, IDEMPOTENCY_KEY_REUSED, 400, InvalidInputException",
    "ALREADY_EXISTS, IDEMPOTENCY_KEY_IN_USE, 400, ThrottlingException",
    "FAILED_PRECONDITION, RESOURCE_IN_USE, 400, ResourceInUseException",
    "FAILED_PRECONDITION, EVENT_TRACKER_LIMIT, 400, LimitExceededException",
    "UNAUTHENTICATED, TOKEN_INVALID, 400, UnrecognizedClientException",
    "RESOURCE_EXHAUSTED, CONCURRENT_WRITE, 400, ThrottlingException",
    "UNAVAILABLE, STORE_UNAVAILABLE, 503, ServiceUnavailable",
    "RESOURCE_EXHAUSTED, OVERLOADED, 503, ServiceUnavailable",
    "UNAVAILABLE, OVERLOADED, 503, ServiceUnavailable",
    "INTERNAL, INTERNAL, 500, InternalFailure"
  })
  void failureOfTheOperation_hasItsNameAndText(
      Status.Code code, String reason, int status, String type) throws IOException {
    desk.failure = failure(code, reason, "Resource \u00e9 \"quoted\"");

    RawAwsClient.Answer answer = desk.wire().post(OPERATION, "{}");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo(type);
    assertThat(answer.body())
        .isEqualTo("{\"__type\":\"" + type + "\",\"message\":\"Resource \u00e9 \\\"quoted\\\"\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "MISSING_AUTHENTICATION_TOKEN, MissingAuthenticationTokenException",
    "INCOMPLETE_SIGNATURE, IncompleteSignatureException",
    "INVALID_SIGNATURE, InvalidSignatureException",
    "UNRECOGNIZED_CLIENT, UnrecognizedClientException"
  })
  void refusedSignature_endsTheRequestBeforeItsBodyIsRead(String reason, String type)
      throws IOException {
    desk.refusal = failure(Status.Code.UNAUTHENTICATED, reason, "Because.");

    RawAwsClient.Answer answer = desk.wire().post(OPERATION, "no JSON");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo(type);
    assertThat(answer.header("WWW-Authenticate")).isNull();
    assertThat(answer.body()).isEqualTo("{\"__type\":\"" + type + "\",\"message\":\"Because.\"}");
    assertThat(desk.received)
        .extracting(AwsDesk.Received::rpc)
        .containsExactly("ExchangeSignature");
  }

  @Test
  void failureWithoutText_hasNoMessage() throws IOException {
    desk.failure = Status.NOT_FOUND.asRuntimeException();

    assertThat(desk.wire().post(OPERATION, "{}").body())
        .isEqualTo("{\"__type\":\"ResourceNotFoundException\"}");
  }

  @Test
  void missingService_isUnavailable() throws IOException {
    // Datasets are in the gateway's descriptors, and nobody serves them here.
    RawAwsClient.Answer unimplemented = desk.wire().post("AmazonPersonalize.ListDatasets", "{}");
    desk.stopService();
    RawAwsClient.Answer unreachable = desk.wire().post(OPERATION, "{}");

    assertThat(unimplemented.status()).isEqualTo(400);
    assertThat(unimplemented.header("x-amzn-ErrorType")).isEqualTo("UnknownOperationException");
    assertThat(unreachable.status()).isEqualTo(503);
    assertThat(unreachable.body())
        .isEqualTo(
            "{\"__type\":\"ServiceUnavailable\",\"message\":\"The service cannot be reached.\"}");
  }

  private static StatusRuntimeException failure(Status.Code code, String reason, String message) {
    ErrorInfo info = ErrorInfo.newBuilder().setReason(reason).setDomain("trackerd.dev").build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(message)
            .addDetails(Any.pack(info))
            .build());
  }
}
