package dev.trackerd.gateway.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one connection has of what all share: {@link Places}, {@link ByteBudget}, {@link Turns}.
 * Each of those guards its own part.
 */
public final class Share {

  private static final AttributeKey<Share> KEY = AttributeKey.valueOf(Share.class, "share");

  private final Channel channel;

  /** Of {@link Places}; belongs to the connection's thread. */
  int places;

  /** Of the {@link ByteBudget} for answers. */
  final ByteBudget.Account answers = new ByteBudget.Account(this);

  /** Of the {@link ByteBudget} for bodies. */
  final ByteBudget.Account bodies = new ByteBudget.Account(this);

  /** Of {@link Turns}. */
  final Deque<Runnable> tasks = new ArrayDeque<>(0);

  private Share(Channel channel) {
    this.channel = channel;
  }

  /** Gives a new connection its share. */
  static Share open(Channel channel) {
    Share share = new Share(channel);
    channel.attr(KEY).set(share);
    return share;
  }

  /** Returns the share of the connection that a request came on. */
  public static Share of(HttpServerRequest request) {
    return ((ConnectionBase) request.connection()).channel().attr(KEY).get();
  }

  /** Resets the connection: what waits to be sent is of no use to anybody any more. */
  void cut() {
    channel.eventLoop().execute(() -> cut(channel));
  }

  /** Resets a connection, on its thread. */
  static void cut(Channel channel) {
    if (!channel.isOpen()) {
      // Its peer was first; a closed socket takes no options.
      return;
    }
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    // Not through Vert.x, which closes a connection only after it has sent what waits.
    channel.unsafe().close(channel.unsafe().voidPromise());
  }
}
