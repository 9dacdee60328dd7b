package dev.trackerd.gateway.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;

/**
 * A transport of Vert.x whose accepted connections begin with a {@link ConnectionGuard}. Vert.x has
 * no hook between accepting a connection and its first request; this is where one fits.
 */
final class GuardedTransport implements Transport, io.vertx.core.transport.Transport {

  private static final int KERNEL_BYTES = 128 * 1024;

  private final io.vertx.core.transport.Transport named;
  private final Transport transport;
  private final Limits limits;

  private GuardedTransport(io.vertx.core.transport.Transport named, Limits limits) {
    this.named = named;
    this.transport = named.implementation();
    this.limits = limits;
  }

  /** Returns the fastest transport that this machine has, guarded. */
  static GuardedTransport of(Limits limits) {
    io.vertx.core.transport.Transport fast = io.vertx.core.transport.Transport.nativeTransport();
    boolean usable = fast != null && fast.available();
    return new GuardedTransport(usable ? fast : io.vertx.core.transport.Transport.NIO, limits);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    ChannelFactory<? extends ServerChannel> factory = transport.serverChannelFactory(domainSocket);
    return () -> {
      ServerChannel channel = factory.newChannel();
      channel.pipeline().addLast(new Acceptor(limits));
      return channel;
    };
  }

  /** Sees each accepted connection before Vert.x does. */
  private static final class Acceptor extends ChannelInboundHandlerAdapter {

    private final Limits limits;

    Acceptor(Limits limits) {
      this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      Channel channel = (Channel) accepted;
      Share.open(channel);
      boundKernelBuffer(channel.config());
      channel
          .pipeline()
          .addFirst("guard", new ConnectionGuard(limits))
          .addFirst("stall", new StallWatch(limits));
      context.fireChannelRead(accepted);
    }
  }

  /**
   * Bounds what the kernel takes beyond what is on its way (tcp(7), TCP_NOTSENT_LOWAT; elsewhere
   * the whole buffer): it would take some megabytes of each answer that nobody reads, and whether a
   * reader stands still would show late.
   */
  private static void boundKernelBuffer(ChannelConfig config) {
    if (config instanceof EpollSocketChannelConfig epoll) {
      epoll.setTcpNotSentLowAt(KERNEL_BYTES);
    } else {
      config.setOption(ChannelOption.SO_SNDBUF, 2 * KERNEL_BYTES);
    }
  }

  @Override
  public String name() {
    return named.name();
  }

  @Override
  public boolean available() {
    return true;
  }

  @Override
  public Throwable unavailabilityCause() {
    return null;
  }

  @Override
  public Transport implementation() {
    return this;
  }

  @Override
  public boolean supportsDomainSockets() {
    return transport.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return transport.supportFileRegion();
  }

  @Override
  public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
    return transport.convert(address);
  }

  @Override
  public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
    return transport.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return transport.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ratio) {
    return transport.eventLoopGroup(type, threads, factory, ratio);
  }

  @Override
  @SuppressWarnings("deprecation") // The interface has it.
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return transport.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
    return transport.datagramChannelFactory();
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return transport.channelFactory(domainSocket);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    transport.configure(channel, options);
  }

  @Override
  public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
    transport.configure(config, domainSocket, bootstrap);
  }

  @Override
  public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
    transport.configure(config, domainSocket, bootstrap);
  }
}
