package dev.trackerd.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReconnectorIT {

  @Test
  void oneServerOfTwoThatIsDown_isTriedAgainSoon() throws Exception {
    HealthStatusManager health = new HealthStatusManager();
    Server up = NettyServerBuilder.forPort(0).addService(health.getHealthService()).build().start();
    Semaphore tries = new Semaphore(0);
    try (ServerSocket down = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread closer = new Thread(() -> closeEach(down, tries), "down");
      closer.setDaemon(true);
      closer.start();
      SettableNames names = new SettableNames(up.getPort(), down.getLocalPort());
      NameResolverRegistry.getDefaultRegistry().register(names);
      ManagedChannel channel = channel();
      Reconnector reconnector = new Reconnector(channel, Duration.ofMillis(200));
      try {
        HealthGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .withDeadlineAfter(Duration.ofSeconds(10))
            .check(HealthCheckRequest.getDefaultInstance());
        assertThat(channel.getState(false)).isEqualTo(ConnectivityState.READY);
        // By itself gRPC would take half a minute for so many.
        assertThat(tries.tryAcquire(8, 10, TimeUnit.SECONDS)).isTrue();
      } finally {
        reconnector.close();
        channel.shutdownNow();
        NameResolverRegistry.getDefaultRegistry().deregister(names);
      }
    } finally {
      up.shutdownNow();
    }
  }

  private static void closeEach(ServerSocket down, Semaphore tries) {
    try {
      while (true) {
        down.accept().close();
        tries.release();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static ManagedChannel channel() {
    return NettyChannelBuilder.forTarget(SettableNames.SCHEME + ":///all")
        .usePlaintext()
        .defaultLoadBalancingPolicy("round_robin")
        .build();
  }
}
