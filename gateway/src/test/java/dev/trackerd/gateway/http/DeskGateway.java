package dev.trackerd.gateway.http;

import dev.trackerd.gateway.aws.AwsDialect;
import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.desk.DeskServiceGrpc;
import dev.trackerd.gateway.wire.HttpListener;
import dev.trackerd.gateway.wire.Limits;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A listener on a real socket in front of a {@link NoteDesk}. */
final class DeskGateway implements AutoCloseable {

  static final String ORIGIN = "https://app.example";

  final NoteDesk desk = new NoteDesk();
  final HealthStatusManager health = new HealthStatusManager();
  final Server server;
  final ManagedChannel channel;
  final Surroundings surroundings;
  final HttpListener listener;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private DeskGateway(Limits limits, Deadlines deadlines, Set<String> origins) throws IOException {
    String name = UUID.randomUUID().toString();
    server =
        InProcessServerBuilder.forName(name)
            .addService(ServerInterceptors.intercept(desk, desk))
            .addService(health.getHealthService())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
    surroundings = Surroundings.of(new GrpcCaller(channel), deadlines, limits, origins);
    Dialect rest = RestDialect.of(List.of(DeskServiceGrpc.getServiceDescriptor()), List.of());
    Dialect aws = AwsDialect.of(List.of(DeskServiceGrpc.getServiceDescriptor()));
    GatewayHandler handler = new GatewayHandler(List.of(aws, rest), surroundings);
    listener = HttpListener.open("127.0.0.1", 0, limits, handler);
  }

  static DeskGateway open() throws IOException {
    return open(Limits.standard());
  }

  static DeskGateway open(Limits limits) throws IOException {
    return new DeskGateway(limits, Deadlines.standard(), Set.of());
  }

  static DeskGateway open(Deadlines deadlines) throws IOException {
    return new DeskGateway(Limits.standard(), deadlines, Set.of());
  }

  static DeskGateway open(Limits limits, Deadlines deadlines) throws IOException {
    return new DeskGateway(limits, deadlines, Set.of());
  }

  static DeskGateway openWithCors() throws IOException {
    return new DeskGateway(Limits.standard(), Deadlines.standard(), Set.of(ORIGIN));
  }

  /** Returns a request with a credential. */
  HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", "Bearer t");
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends bytes on a connection of their own and returns all that comes until it is closed. */
  RawConnection connect() throws IOException {
    return new RawConnection(listener.port());
  }

  /** Waits until nothing that exchanges share is taken any more; 15 s at most. */
  void awaitIdle() {
    awaitPlaces(0);
  }

  /** Waits until so many places are taken and no answer or body holds memory; 15 s at most. */
  void awaitPlaces(int count) {
    long deadline = System.nanoTime() + 15_000_000_000L;
    while (surroundings.places().taken() != count || held() > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            surroundings.places().taken() + " places and " + held() + " bytes are still held");
      }
      LockSupport.parkNanos(5_000_000L);
    }
  }

  private long held() {
    return surroundings.budget().held()
        + surroundings.bodies().held()
        + surroundings.arrivals().bytes();
  }

  @Override
  public void close() {
    listener.close();
    channel.shutdownNow();
    server.shutdownNow();
  }
}
