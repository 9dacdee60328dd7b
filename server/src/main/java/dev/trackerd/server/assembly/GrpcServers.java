package dev.trackerd.server.assembly;

import dev.trackerd.server.rpc.Admission;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The two gRPC servers: one on a port for everybody, one inside the process for the gateway. Both
 * run the same services behind the same admission on the same threads.
 */
final class GrpcServers implements AutoCloseable {
  private static final int DRAIN_SECONDS = 10;
  private static final int MAX_MESSAGE_BYTES = 4 << 20;

  // A gateway sends on what it takes in 16 KiB of HTTP headers: none of that may be too much here.
  private static final int SAFE_METADATA_BYTES = 20 << 10;
  private static final int MAX_METADATA_BYTES = 24 << 10;

  private final PortTransport transport;
  private final Server port;
  private final Server inProcess;
  private final String name;
  private volatile long stopping = System.nanoTime();

  private GrpcServers(PortTransport transport, Server port, Server inProcess, String name) {
    this.transport = transport;
    this.port = port;
    this.inProcess = inProcess;
    this.name = name;
  }

  /**
   * Starts both.
   *
   * @param address of the port
   * @param services all services, behind the interceptors of their own
   * @param deadlines the timer of calls inside the process
   * @throws IOException if the port can't be bound
   */
  static GrpcServers start(
      InetSocketAddress address,
      Admission admission,
      List<ServerServiceDefinition> services,
      ScheduledExecutorService deadlines)
      throws IOException {
    PortTransport transport = new PortTransport();
    NettyServerBuilder outside = limited(transport.listenOn(address));
    admission.countConnections(outside, transport::taken);
    admission.guard(outside, services);
    String name = UUID.randomUUID().toString();
    InProcessServerBuilder inside =
        InProcessServerBuilder.forName(name).scheduledExecutorService(deadlines);
    admission.guard(inside, services);
    GrpcServers servers = new GrpcServers(transport, outside.build(), inside.build(), name);
    try {
      servers.port.start();
      servers.inProcess.start();
      return servers;
    } catch (IOException | RuntimeException | Error e) {
      servers.close();
      throw e;
    }
  }

  /** A channel to the server inside the process. */
  ManagedChannel channel(ScheduledExecutorService deadlines) {
    return InProcessChannelBuilder.forName(name)
        .directExecutor()
        .scheduledExecutorService(deadlines)
        .build();
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
    transport.close();
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
        // Clients ping every 10 s at most, also between calls; the rest is for pings that the
        // network delays, so that the next one comes too soon.
        .permitKeepAliveTime(5, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }
}
