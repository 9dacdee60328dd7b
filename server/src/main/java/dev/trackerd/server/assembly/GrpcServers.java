package dev.trackerd.server.assembly;

import dev.trackerd.server.rpc.CallInterceptor;
import dev.trackerd.server.rpc.ErrorInterceptor;
import dev.trackerd.server.rpc.LimitInterceptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The two gRPC servers: one on a port for everybody, one inside the process for the gateway. Both
 * run the same services behind the same interceptors on the same threads.
 */
final class GrpcServers implements AutoCloseable {
  private static final int DRAIN_SECONDS = 10;
  private static final int MAX_CALLS_IN_FLIGHT = 2000;
  private static final int MAX_MESSAGE_BYTES = 4 << 20;

  // A gateway sends on what it takes in 16 KiB of HTTP headers: none of that may be too much here.
  private static final int SAFE_METADATA_BYTES = 20 << 10;
  private static final int MAX_METADATA_BYTES = 24 << 10;

  private final Server port;
  private final Server inProcess;
  private volatile long stopping = System.nanoTime();

  private GrpcServers(Server port, Server inProcess) {
    this.port = port;
    this.inProcess = inProcess;
  }

  /**
   * Starts both.
   *
   * @param address of the port
   * @param name of the in-process server
   * @param services all services, behind the interceptors of their own
   * @throws IOException if the port can't be bound
   */
  static GrpcServers start(
      InetSocketAddress address,
      String name,
      List<ServerServiceDefinition> services,
      CallExecutors executors)
      throws IOException {
    Server port = prepare(limited(NettyServerBuilder.forAddress(address)), services, executors);
    InProcessServerBuilder inside =
        InProcessServerBuilder.forName(name).scheduledExecutorService(executors.deadlines());
    Server inProcess = prepare(inside, services, executors);
    port.start();
    inProcess.start();
    return new GrpcServers(port, inProcess);
  }

  int port() {
    return port.getPort();
  }

  /** Takes no new calls on the port; those in flight go on, and the gateway's calls too. */
  void stopAccepting() {
    stopping = System.nanoTime();
    port.shutdown();
  }

  /**
   * Lets the calls in flight end until 10 seconds after {@link #stopAccepting}, and cuts the rest.
   */
  @Override
  public void close() {
    port.shutdown();
    inProcess.shutdown();
    try {
      long left = TimeUnit.SECONDS.toNanos(DRAIN_SECONDS) - (System.nanoTime() - stopping);
      port.awaitTermination(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    port.shutdownNow();
    inProcess.shutdownNow();
  }

  private static Server prepare(
      ServerBuilder<?> builder, List<ServerServiceDefinition> services, CallExecutors executors) {
    // Interceptors run from the last added to the first: the call's context and log line come
    // first,
    // so that every failure further in is mapped and logged; the limit comes before any work.
    builder
        .intercept(new LimitInterceptor(MAX_CALLS_IN_FLIGHT))
        .intercept(new ErrorInterceptor())
        .intercept(new CallInterceptor(System::nanoTime))
        .addServices(services)
        // Looking a method up is cheap; the call itself moves to the threads of its kind.
        .directExecutor()
        .callExecutor(executors);
    return builder.build();
  }

  /**
   * Closes what gRPC leaves open by default: endless streams, resets, idle and ever-lasting
   * connections.
   */
  private static NettyServerBuilder limited(NettyServerBuilder builder) {
    return builder
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(SAFE_METADATA_BYTES, MAX_METADATA_BYTES)
        .maxConcurrentCallsPerConnection(100)
        .maxRstFramesPerWindow(200, 30)
        .flowControlWindow(256 << 10)
        .handshakeTimeout(10, TimeUnit.SECONDS)
        .maxConnectionIdle(5, TimeUnit.MINUTES)
        .maxConnectionAge(30, TimeUnit.MINUTES)
        .maxConnectionAgeGrace(30, TimeUnit.SECONDS)
        .keepAliveTime(60, TimeUnit.SECONDS)
        .keepAliveTimeout(20, TimeUnit.SECONDS)
        .permitKeepAliveTime(30, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  /** Both versions of reflection: grpcurl asks for v1 first, older tools for v1alpha only. */
  @SuppressWarnings("deprecation")
  static List<ServerServiceDefinition> reflection() {
    return List.of(
        ProtoReflectionServiceV1.newInstance().bindService(),
        io.grpc.protobuf.services.ProtoReflectionService.newInstance().bindService());
  }
}
