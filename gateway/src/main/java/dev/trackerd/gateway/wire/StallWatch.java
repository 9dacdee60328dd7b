package dev.trackerd.gateway.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.TimeUnit;

/**
 * Cuts a connection whose client has stopped reading: bytes wait to be sent and none was taken for
 * a while. Costs nothing as long as the socket takes everything at once.
 */
final class StallWatch extends ChannelOutboundHandlerAdapter {

  private final long limitMillis;
  private boolean watching;

  StallWatch(Limits limits) {
    this.limitMillis = limits.stall().toMillis();
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    context.flush();
    if (!watching) {
      watch(context);
    }
  }

  /** Sends what was written before it closes: the answer to a body that breaks off, for one. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    context.flush();
    context.close(promise);
  }

  private void watch(ChannelHandlerContext context) {
    ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
    Object head = waiting == null ? null : waiting.current();
    watching = head != null;
    if (watching) {
      long taken = waiting.currentProgress();
      Runnable check = () -> check(context, head, taken);
      context.executor().schedule(check, limitMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void check(ChannelHandlerContext context, Object head, long taken) {
    ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
    if (waiting != null && waiting.current() == head && waiting.currentProgress() == taken) {
      Share.cut(context.channel());
    } else {
      watch(context);
    }
  }
}
