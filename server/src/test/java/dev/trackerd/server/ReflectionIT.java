package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.trackerd.gateway.ServedServices;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients can learn of the services without their .proto files. */
class ReflectionIT {
  @TempDir Path directory;
  private RunningServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    server = RunningServer.start(directory);
    channel = ManagedChannelBuilder.forTarget(server.server.grpcAddress()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ErrorInfo", "BadRequest", "RetryInfo", "RequestInfo"})
  void detailsOfFailures_areKnown(String type) throws Exception {
    FileDescriptorProto file = fileOf("google.rpc." + type);
    assertThat(file.getName()).isEqualTo("google/rpc/error_details.proto");
    assertThat(file.getMessageTypeList()).extracting(message -> message.getName()).contains(type);
  }

  @Test
  void services_areShownWithTheirOptionsAndImports() throws Exception {
    FileDescriptorProto file = fileOf("tracker.v1.TrackerService");
    assertThat(file.getDependencyList())
        .contains("google/api/annotations.proto", "google/rpc/error_details.proto");
    assertThat(file.getService(0).getMethod(0).getOptions().toByteString().size()).isPositive();
  }

  @Test
  void rpcOfGatewaysAlone_isNotShown() throws Exception {
    assertThat(fileOf("tracker.v1.TokenService").getService(0).getMethodList())
        .extracting(method -> method.getName())
        .containsExactly("Generate");
    assertThat(ask("tracker.v1.TokenService.ExchangeSignature").hasErrorResponse()).isTrue();
  }

  @Test
  void health_knowsEachService() {
    for (ServiceDescriptor service : ServedServices.ALL) {
      HealthCheckRequest request =
          HealthCheckRequest.newBuilder().setService(service.getName()).build();
      assertThat(HealthGrpc.newBlockingStub(channel).check(request).getStatus())
          .as(service.getName())
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  private FileDescriptorProto fileOf(String symbol) throws Exception {
    ServerReflectionResponse answer = ask(symbol);
    assertThat(answer.hasErrorResponse()).as("%s", answer).isFalse();
    ByteString file = answer.getFileDescriptorResponse().getFileDescriptorProto(0);
    return FileDescriptorProto.parseFrom(file);
  }

  private ServerReflectionResponse ask(String symbol) throws Exception {
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
    requests.onNext(ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build());
    try {
      return reply.get();
    } finally {
      requests.onCompleted();
    }
  }
}
