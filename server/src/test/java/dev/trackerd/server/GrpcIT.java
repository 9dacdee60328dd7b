package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import dev.trackerd.v1.BatchCreateRequest;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.DatasetServiceGrpc;
import dev.trackerd.v1.DeleteRequest;
import dev.trackerd.v1.GetRequest;
import dev.trackerd.v1.ListRequest;
import dev.trackerd.v1.ListResponse;
import dev.trackerd.v1.TagServiceGrpc;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.TrackerServiceGrpc;
import dev.trackerd.v1.TrackerServiceGrpc.TrackerServiceBlockingStub;
import dev.trackerd.v1.UpdateRequest;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gRPC port of the whole program, beside its HTTP port. */
class GrpcIT {
  @TempDir Path directory;
  private RunningServer server;
  private ManagedChannel channel;
  private TrackerServiceBlockingStub trackers;

  @BeforeEach
  void start() {
    server = RunningServer.start(directory);
    channel = ManagedChannelBuilder.forTarget(server.server.grpcAddress()).usePlaintext().build();
    trackers = stub(server.token());
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void trackers_areTheSameOnBothPorts() {
    String id = server.create("n", "a", "b");
    Tracker tracker = trackers.get(GetRequest.newBuilder().setTrackerId(id).build()).getTracker();

    assertThat(tracker.getName()).isEqualTo("n");
    assertThat(tracker.getVocabularyList()).containsExactly("a", "b");
    Tracker changed = Tracker.newBuilder().addVocabulary("c").build();
    trackers.update(UpdateRequest.newBuilder().setTrackerId(id).setTracker(changed).build());
    assertThat(server.call("GET", "/v1/manage/tracker/" + id).body())
        .isEqualTo(
            "{\"tracker\":{\"id\":\""
                + id
                + "\",\"name\":\"n\",\"vocabulary\":[\"c\",\"a\",\"b\"]}}");
    trackers.delete(DeleteRequest.newBuilder().setTrackerId(id).build());
    server.assertEmpty();
  }

  @Test
  void headers_thatHttpLetsThrough_passHereToo() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("tracestate", Metadata.ASCII_STRING_MARSHALLER), "k=" + "v".repeat(15_900));
    var traced = trackers.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

    for (int i = 0; i < 20; i++) {
      assertThat(traced.list(ListRequest.getDefaultInstance()).getTrackersList()).isEmpty();
    }
  }

  @Test
  void everyCall_needsAToken() {
    List<MethodDescriptor<?, ?>> methods = new ArrayList<>();
    methods.addAll(TrackerServiceGrpc.getServiceDescriptor().getMethods());
    methods.addAll(DatasetServiceGrpc.getServiceDescriptor().getMethods());
    methods.addAll(TagServiceGrpc.getServiceDescriptor().getMethods());

    assertThat(methods).hasSize(21);
    for (MethodDescriptor<?, ?> method : methods) {
      StatusRuntimeException failure =
          catchThrowableOfType(StatusRuntimeException.class, () -> callWithoutToken(method));
      assertThat(failure.getStatus().getCode())
          .as(method.getFullMethodName())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(failure.getStatus().getDescription())
          .isEqualTo("The access token is missing (expected: authorization: Bearer …)");
    }
  }

  /** Any method, with an empty request. */
  @SuppressWarnings("unchecked")
  private <Q, R> void callWithoutToken(MethodDescriptor<Q, R> method) {
    var marshaller = (MethodDescriptor.PrototypeMarshaller<Q>) method.getRequestMarshaller();
    ClientCalls.blockingUnaryCall(
        channel, method, CallOptions.DEFAULT, marshaller.getMessagePrototype());
  }

  @Test
  void badInput_namesItsFields() throws Exception {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> trackers.create(CreateRequest.getDefaultInstance()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    Any bad = StatusProto.fromThrowable(failure).getDetails(1);
    assertThat(bad.unpack(BadRequest.class).getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactly("tracker.name", "tracker.vocabulary");
    assertThat(failure.getStatus().getDescription())
        .isEqualTo(
            "tracker.name: expected: at least one character that is not white space;"
                + " tracker.vocabulary: expected: at least one phrase");
  }

  @Test
  void list_walksAllPages() {
    List<String> expected = new ArrayList<>();
    BatchCreateRequest.Builder request = BatchCreateRequest.newBuilder();
    for (int i = 0; i < 250; i++) {
      expected.add("t" + i);
      request.addTrackers(Tracker.newBuilder().setName("t" + i).addVocabulary("a"));
    }
    trackers.batchCreate(request.build());

    List<String> walked = new ArrayList<>();
    ListRequest.Builder page = ListRequest.newBuilder();
    do {
      ListResponse reply = trackers.list(page.build());
      reply.getTrackersList().forEach(tracker -> walked.add(tracker.getName()));
      page.setPageToken(reply.getNextPageToken());
    } while (!page.getPageToken().isEmpty());
    assertThat(walked).isEqualTo(expected);
    String token =
        trackers.list(ListRequest.newBuilder().setPageSize(1).build()).getNextPageToken();
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                stub(server.otherToken())
                    .list(ListRequest.newBuilder().setPageToken(token).build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void race_letsExactlyOneOfSixtyFourCallersHaveAName() throws Exception {
    List<Status.Code> outcomes = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(64);
    try {
      List<Callable<Status.Code>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        calls.add(this::createContended);
      }
      for (Future<Status.Code> outcome : callers.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
    } finally {
      callers.shutdownNow();
    }

    assertThat(outcomes).containsOnlyOnce(Status.Code.OK);
    assertThat(outcomes).containsOnly(Status.Code.OK, Status.Code.ALREADY_EXISTS);
    assertThat(trackers.list(ListRequest.getDefaultInstance()).getTrackersList()).hasSize(1);
  }

  /** One try for the name; the write gate's refusals are tried again, as its RetryInfo asks. */
  private Status.Code createContended() {
    Tracker tracker = Tracker.newBuilder().setName("contended").addVocabulary("a").build();
    while (true) {
      try {
        trackers.create(CreateRequest.newBuilder().setTracker(tracker).build());
        return Status.Code.OK;
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED) {
          return e.getStatus().getCode();
        }
        assertThat(StatusProto.fromThrowable(e).getDetailsList())
            .anyMatch(detail -> detail.is(RetryInfo.class));
      }
    }
  }

  @Test
  void health_saysServing() {
    var health = HealthGrpc.newBlockingStub(channel);

    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(ServingStatus.SERVING);
    assertThat(
            health
                .check(
                    HealthCheckRequest.newBuilder()
                        .setService(TrackerServiceGrpc.SERVICE_NAME)
                        .build())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
    assertThat(server.call("GET", "/readyz").status()).isEqualTo(200);
    assertThat(server.call("GET", "/healthz").status()).isEqualTo(200);
  }

  @Test
  void reflection_listsTheServices() throws Exception {
    CompletableFuture<ServerReflectionResponse> reply = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse value) {
                    reply.complete(value);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    reply.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(reply.get().getListServicesResponse().getServiceList())
        .extracting(service -> service.getName())
        .contains(
            "tracker.v1.TrackerService",
            "tracker.v1.TokenService",
            "grpc.health.v1.Health",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection");
    requests.onCompleted();
  }

  private TrackerServiceBlockingStub stub(String token) {
    Metadata metadata = new Metadata();
    metadata.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return TrackerServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }
}
