package dev.trackerd.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.ExchangeSignatureResponse;
import dev.trackerd.v1.GenerateRequest;
import dev.trackerd.v1.GenerateResponse;
import dev.trackerd.v1.GetRequest;
import dev.trackerd.v1.GetResponse;
import dev.trackerd.v1.TokenServiceGrpc;
import dev.trackerd.v1.TrackerServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorInterceptorTest {
  private static final String LEAK = "SELECT secret FROM /var/lib at dev.trackerd.Internal";

  /** Every door by which an unexpected failure can leave a handler. */
  static Stream<Arguments> doors() {
    RuntimeException failure = new IllegalStateException(LEAK);
    return Stream.of(
        door(
            "thrown",
            observer -> {
              throw failure;
            }),
        door(
            "an error thrown",
            observer -> {
              throw new AssertionError(LEAK);
            }),
        door("handed to onError", observer -> observer.onError(failure)),
        door(
            "UNKNOWN with a text",
            observer ->
                observer.onError(Status.UNKNOWN.withDescription(LEAK).asRuntimeException())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("doors")
  void call_tellsNothingOfAnUnexpectedFailure(
      String name, Consumer<StreamObserver<GetResponse>> handler) {
    StatusRuntimeException failure = failure(handler);

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure.getStatus().getDescription()).isEqualTo(Statuses.INTERNAL_TEXT);
    assertThat(InProcess.reason(failure)).isEqualTo("INTERNAL");
    assertThat(failure.getTrailers().get(CallIds.HEADER)).hasSize(36);
    assertThat(failure.getTrailers().toString()).doesNotContain("SELECT");
  }

  @Test
  void unaryService_tellsNothingOfAnUnexpectedFailure() {
    StatusRuntimeException failure =
        generateFailure(
            () -> {
              throw new IllegalStateException(LEAK);
            });

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failure.getStatus().getDescription()).isEqualTo(Statuses.INTERNAL_TEXT);
    assertThat(failure.getTrailers().get(CallIds.HEADER)).hasSize(36);
    assertThat(failure.getTrailers().toString()).doesNotContain("SELECT");
  }

  /** Expected failures through both doors. */
  static Stream<Arguments> table() {
    return Stream.of(
        row(stored(Reason.NOT_FOUND, Thing.TRACKER), Status.Code.NOT_FOUND, "TRACKER_NOT_FOUND"),
        row(stored(Reason.ALREADY_EXISTS, Thing.TRACKER), Status.Code.ALREADY_EXISTS, "NAME_TAKEN"),
        row(
            StoreException.limit(Thing.TRACKER, 3),
            Status.Code.FAILED_PRECONDITION,
            "TRACKER_LIMIT"),
        row(
            stored(Reason.NOT_FOUND, Thing.EVENT_TRACKER),
            Status.Code.NOT_FOUND,
            "RESOURCE_NOT_FOUND"),
        row(
            stored(Reason.NOT_FOUND, Thing.DATASET_GROUP),
            Status.Code.NOT_FOUND,
            "RESOURCE_NOT_FOUND"),
        row(
            stored(Reason.ALREADY_EXISTS, Thing.EVENT_TRACKER),
            Status.Code.ALREADY_EXISTS,
            "EVENT_TRACKER_EXISTS"),
        row(
            stored(Reason.ALREADY_EXISTS, Thing.DATASET_GROUP),
            Status.Code.ALREADY_EXISTS,
            "DATASET_GROUP_EXISTS"),
        row(
            StoreException.limit(Thing.EVENT_TRACKER, 3),
            Status.Code.FAILED_PRECONDITION,
            "EVENT_TRACKER_LIMIT"),
        row(
            stored(Reason.IN_USE, Thing.EVENT_TRACKER),
            Status.Code.FAILED_PRECONDITION,
            "RESOURCE_IN_USE"),
        row(
            stored(Reason.TOO_LARGE, Thing.TRACKER),
            Status.Code.INVALID_ARGUMENT,
            "TRACKER_TOO_LARGE"),
        row(stored(Reason.BUSY, Thing.TRACKER), Status.Code.RESOURCE_EXHAUSTED, "CONCURRENT_WRITE"),
        row(
            StoreException.unavailable("internal words"),
            Status.Code.UNAVAILABLE,
            "STORE_UNAVAILABLE"),
        row(ErrorReason.FIELD_INVALID, Status.Code.INVALID_ARGUMENT),
        row(ErrorReason.PAGE_TOKEN_INVALID, Status.Code.INVALID_ARGUMENT),
        row(ErrorReason.TRACKER_TOO_LARGE, Status.Code.INVALID_ARGUMENT),
        row(ErrorReason.TRACKER_LIMIT, Status.Code.FAILED_PRECONDITION),
        row(ErrorReason.CONCURRENT_WRITE, Status.Code.RESOURCE_EXHAUSTED),
        row(ErrorReason.OVERLOADED, Status.Code.RESOURCE_EXHAUSTED),
        row(ErrorReason.MESSAGE_MALFORMED, Status.Code.INVALID_ARGUMENT),
        row(ErrorReason.TOKEN_INVALID, Status.Code.UNAUTHENTICATED),
        row(ErrorReason.KEY_INVALID, Status.Code.UNAUTHENTICATED));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("table")
  void call_mapsExpectedFailures(RuntimeException thrown, Status.Code code, String reason) {
    StatusRuntimeException byThrow =
        failure(
            observer -> {
              throw thrown;
            });
    StatusRuntimeException byObserver = failure(observer -> observer.onError(thrown));
    StatusRuntimeException byUnary =
        generateFailure(
            () -> {
              throw thrown;
            });

    assertThat(byThrow.getStatus().getCode()).isEqualTo(code);
    assertThat(InProcess.reason(byThrow)).isEqualTo(reason);
    assertThat(byThrow.getStatus().getDescription()).doesNotContain("internal words");
    assertThat(byUnary.getStatus().getCode()).isEqualTo(code);
    assertThat(InProcess.reason(byUnary)).isEqualTo(reason);
    assertThat(byObserver.getStatus().getCode()).isEqualTo(code);
    assertThat(InProcess.reason(byObserver)).isEqualTo(reason);
  }

  @Test
  void call_keepsAStatusThatAHandlerChose() {
    StatusRuntimeException failure =
        failure(
            observer ->
                observer.onError(
                    Status.UNIMPLEMENTED.withDescription("not yet").asRuntimeException()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(failure.getStatus().getDescription()).isEqualTo("not yet");
  }

  @Test
  void call_returnsTheCallersRequestIdIfItIsFit() {
    Metadata fit = InProcess.header("x-request-id", "abc-123");
    Metadata unfit = InProcess.header("x-request-id", "a b");

    assertThat(requestId(fit)).isEqualTo("abc-123");
    assertThat(requestId(unfit)).hasSize(36);
  }

  private static String requestId(Metadata headers) {
    return failure(observer -> observer.onError(new IllegalStateException()), headers)
        .getTrailers()
        .get(CallIds.HEADER);
  }

  private static StatusRuntimeException failure(Consumer<StreamObserver<GetResponse>> handler) {
    return failure(handler, new Metadata());
  }

  private static StatusRuntimeException failure(
      Consumer<StreamObserver<GetResponse>> handler, Metadata headers) {
    var service =
        new TrackerServiceGrpc.TrackerServiceImplBase() {
          @Override
          public void get(GetRequest request, StreamObserver<GetResponse> observer) {
            handler.accept(observer);
          }
        };
    try (InProcess server =
        new InProcess(admission -> List.of(admission.guard(service.bindService())))) {
      var stub =
          TrackerServiceGrpc.newBlockingStub(server.channel)
              .withInterceptors(io.grpc.stub.MetadataUtils.newAttachHeadersInterceptor(headers));
      return catchThrowableOfType(
          StatusRuntimeException.class, () -> stub.get(GetRequest.getDefaultInstance()));
    }
  }

  private static StatusRuntimeException generateFailure(Supplier<GenerateResponse> handler) {
    try (InProcess server =
        new InProcess(
            admission ->
                List.of(
                    admission
                        .service(TokenServiceGrpc.getServiceDescriptor())
                        .method(TokenServiceGrpc.getGenerateMethod(), request -> handler.get())
                        .method(
                            TokenServiceGrpc.getExchangeSignatureMethod(),
                            request -> ExchangeSignatureResponse.getDefaultInstance())
                        .build()))) {
      var stub = TokenServiceGrpc.newBlockingStub(server.channel);
      return catchThrowableOfType(
          StatusRuntimeException.class, () -> stub.generate(GenerateRequest.getDefaultInstance()));
    }
  }

  private static Arguments door(String name, Consumer<StreamObserver<GetResponse>> handler) {
    return Arguments.of(name, handler);
  }

  private static StoreException stored(Reason reason, Thing thing) {
    return new StoreException(reason, thing, "7");
  }

  private static Arguments row(StoreException failure, Status.Code code, String expected) {
    return Arguments.of(failure, code, expected);
  }

  private static Arguments row(ErrorReason reason, Status.Code code) {
    return Arguments.of(new RequestException(reason, "words"), code, reason.name());
  }
}
