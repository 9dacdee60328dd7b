package dev.trackerd.server.assembly;

import dev.trackerd.gateway.DaemonThreads;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollChannelOption;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The event loops and sockets of the gRPC port: by epoll where there is one. What the kernel has of
 * an answer but has not sent is bounded there, so that a peer that has stopped reading is soon seen
 * to take nothing. Thread-safe.
 */
final class PortTransport implements AutoCloseable {
  private static final long UNSENT_IN_KERNEL_BYTES = 128 << 10;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup boss = loops("grpc-accept", 1);
  private final EventLoopGroup workers =
      loops("grpc", Math.max(2, Runtime.getRuntime().availableProcessors()));
  private final Map<SocketAddress, TakenBytes> connections = new ConcurrentHashMap<>();

  NettyServerBuilder listenOn(InetSocketAddress address) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .bossEventLoopGroup(boss)
            .workerEventLoopGroup(workers)
            .channelFactory(this::listener);
    return epoll
        ? builder.withChildOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_IN_KERNEL_BYTES)
        : builder;
  }

  /** How many bytes of answers the peer of an open connection has taken; grows as it takes more. */
  LongSupplier taken(SocketAddress peer) {
    TakenBytes bytes = connections.get(peer);
    return bytes == null ? () -> 0 : bytes;
  }

  @Override
  public void close() {
    boss.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }

  private EventLoopGroup loops(String name, int threads) {
    IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, DaemonThreads.named(name), factory);
  }

  private ServerChannel listener() {
    ServerChannel listener = epoll ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    listener
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object accepted) {
                count((Channel) accepted);
                context.fireChannelRead(accepted);
              }
            });
    return listener;
  }

  private void count(Channel connection) {
    SocketAddress peer = connection.remoteAddress();
    TakenBytes bytes = new TakenBytes(connection);
    connections.put(peer, bytes);
    connection.pipeline().addFirst(bytes);
    connection.closeFuture().addListener(closed -> connections.remove(peer, bytes));
  }
}
