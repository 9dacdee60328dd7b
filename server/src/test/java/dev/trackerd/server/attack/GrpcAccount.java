package dev.trackerd.server.attack;

import dev.trackerd.v1.TrackerServiceGrpc;
import dev.trackerd.v1.TrackerServiceGrpc.TrackerServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/** A well-behaved gRPC client of one account. */
final class GrpcAccount implements AutoCloseable {
  private final ManagedChannel channel;
  private final TrackerServiceBlockingStub stub;

  private GrpcAccount(ManagedChannel channel, TrackerServiceBlockingStub stub) {
    this.channel = channel;
    this.stub = stub;
  }

  static GrpcAccount open(AttackedProgram program, String token) {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", program.grpcPort()).usePlaintext().build();
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return new GrpcAccount(
        channel,
        TrackerServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)));
  }

  /** Calls through it end within a minute, one way or the other. */
  TrackerServiceBlockingStub trackers() {
    return stub.withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
