package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.trackerd.gateway.call.CallOutcome;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.MultiMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HttpErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "OK, 200",
    "CANCELLED, 499",
    "UNKNOWN, 500",
    "INVALID_ARGUMENT, 400",
    "DEADLINE_EXCEEDED, 504",
    "NOT_FOUND, 404",
    "ALREADY_EXISTS, 409",
    "PERMISSION_DENIED, 403",
    "RESOURCE_EXHAUSTED, 429",
    "FAILED_PRECONDITION, 400",
    "ABORTED, 409",
    "OUT_OF_RANGE, 400",
    "UNIMPLEMENTED, 501",
    "INTERNAL, 500",
    "UNAVAILABLE, 502",
    "DATA_LOSS, 500",
    "UNAUTHENTICATED, 401"
  })
  void httpStatus_isTheTables(Status.Code code, int httpStatus) {
    assertThat(HttpErrors.httpStatus(code)).isEqualTo(httpStatus);
  }

  @ParameterizedTest
  @EnumSource(Status.Code.class)
  void localFailure_neverShowsItsText(Status.Code code) {
    Status status = code.toStatus().withDescription("io exception");
    HttpFailure failure =
        HttpErrors.of(
            new CallOutcome.Failure(status, new Metadata(), true), UnaryOperator.identity());
    assertThat(failure.body().getMessage()).isNotEmpty().doesNotContain("io exception");
    assertThat(failure.httpStatus()).isBetween(499, 504);
  }

  @ParameterizedTest
  @CsvSource({
    "RESOURCE_EXHAUSTED, OVERLOADED, 503, 2",
    "RESOURCE_EXHAUSTED, CONCURRENT_WRITE, 429, 2",
    "UNAVAILABLE, STORE_UNAVAILABLE, 502, 2",
    "ALREADY_EXISTS, IDEMPOTENCY_KEY_IN_USE, 409, 2",
    "INTERNAL, INTERNAL, 500,"
  })
  void overloadedService_isUnavailableForAWhile(
      Status.Code code, String reason, int httpStatus, String retryAfter) {
    com.google.rpc.Status details =
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
            .addDetails(
                Any.pack(RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(1001)).build()))
            .build();
    StatusRuntimeException sent = StatusProto.toStatusRuntimeException(details);

    HttpFailure failure =
        HttpErrors.of(
            new CallOutcome.Failure(sent.getStatus(), sent.getTrailers(), false),
            UnaryOperator.identity());
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    AnswerHead.addFailure(headers, failure);

    assertThat(failure.httpStatus()).isEqualTo(httpStatus);
    assertThat(headers.get("retry-after")).isEqualTo(retryAfter);
    assertThat(failure.body()).isEqualTo(details);
  }

  @Test
  void detailsThatContradictTheStatus_arePassedOver() {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER),
        com.google.rpc.Status.newBuilder().setCode(5).setMessage("other").build().toByteArray());
    Status status = Status.ABORTED.withDescription("this");
    HttpFailure failure =
        HttpErrors.of(new CallOutcome.Failure(status, trailers, false), UnaryOperator.identity());
    assertThat(failure.httpStatus()).isEqualTo(409);
    assertThat(failure.body().getCode()).isEqualTo(Status.Code.ABORTED.value());
    assertThat(failure.body().getMessage()).isEqualTo("this");
  }
}
