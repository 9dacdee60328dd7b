package dev.trackerd.gateway.backend;

import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A channel to any number of servers that serve the same. Calls go to those that are well, in turn;
 * a server that can't be reached, that says it is not serving or that does not answer gets none as
 * long as there is a better one. Names are looked up again every half a minute. Thread-safe.
 */
public final class Backend implements AutoCloseable {

  private static final Duration RECONNECT = Duration.ofSeconds(2);

  static {
    NameResolverRegistry.getDefaultRegistry().register(new AddressesResolverProvider());
    LoadBalancerRegistry.getDefaultRegistry().register(new WellServersProvider());
  }

  private final ManagedChannel channel;
  private final Reconnector reconnector;

  private Backend(ManagedChannel channel) {
    this.channel = channel;
    this.reconnector = new Reconnector(channel, RECONNECT);
  }

  /** Opens a channel. Does not wait for a server to be there. */
  public static Backend open(BackendAddresses addresses) {
    return new Backend(
        // Calls are made by the listener's threads and answered on the channel's: no third kind.
        NettyChannelBuilder.forTarget(addresses.target())
            .usePlaintext()
            .directExecutor()
            .defaultLoadBalancingPolicy(WellServersProvider.NAME)
            // A server whose machine is gone closes nothing: without this, what it was asked last
            // would be waited for as long as TCP goes on trying.
            .keepAliveTime(60, TimeUnit.SECONDS)
            .keepAliveTimeout(20, TimeUnit.SECONDS)
            .build());
  }

  /** Returns the channel, which {@link #close} closes. */
  public ManagedChannel channel() {
    return channel;
  }

  /** Ends all calls and closes all connections. Idempotent. */
  @Override
  public void close() {
    reconnector.close();
    channel.shutdownNow();
  }
}
