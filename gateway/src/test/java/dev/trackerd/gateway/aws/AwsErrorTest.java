package dev.trackerd.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class AwsErrorTest {

  @ParameterizedTest
  @CsvSource({
    "CANCELLED, 500, InternalFailure",
    "UNKNOWN, 500, InternalFailure",
    "INVALID_ARGUMENT, 400, InvalidInputException",
    "DEADLINE_EXCEEDED, 500, InternalFailure",
    "NOT_FOUND, 400, ResourceNotFoundException",
    "ALREADY_EXISTS, 400, ResourceAlreadyExistsException",
    "PERMISSION_DENIED, 400, AccessDeniedException",
    "RESOURCE_EXHAUSTED, 503, ServiceUnavailable",
    "FAILED_PRECONDITION, 400, InvalidInputException",
    "ABORTED, 503, ServiceUnavailable",
    "OUT_OF_RANGE, 400, InvalidInputException",
    "UNIMPLEMENTED, 400, UnknownOperationException",
    "INTERNAL, 500, InternalFailure",
    "UNAVAILABLE, 503, ServiceUnavailable",
    "DATA_LOSS, 500, InternalFailure",
    "UNAUTHENTICATED, 400, UnrecognizedClientException"
  })
  void of_codeWithoutReason_hasAName(Status.Code code, int status, String type) {
    AwsError error = AwsError.of(status(code));

    assertThat(error).isEqualTo(new AwsError(status, type, "text"));
  }

  @ParameterizedTest
  @EnumSource(AwsErrorType.class)
  void types_areNamedAsClientsKnowThem(AwsErrorType type) {
    // The bare name of a shape: no namespace, nothing that a header can't hold.
    assertThat(type.shape()).matches("[A-Za-z]+");
    assertThat(type.shape().endsWith("Exception")).isEqualTo(type.httpStatus() < 500);
  }

  private static com.google.rpc.Status status(Status.Code code) {
    return com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage("text").build();
  }
}
