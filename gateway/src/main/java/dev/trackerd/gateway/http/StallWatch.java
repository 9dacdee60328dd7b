package dev.trackerd.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
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
      watch(context.channel());
    }
  }

  private void watch(Channel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    Object head = waiting == null ? null : waiting.current();
    watching = head != null;
    if (watching) {
      long taken = waiting.currentProgress();
      Runnable check = () -> check(channel, head, taken);
      channel.eventLoop().schedule(check, limitMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void check(Channel channel, Object head, long taken) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    if (waiting != null && waiting.current() == head && waiting.currentProgress() == taken) {
      // A reset: what waits in the kernel is of no use to anybody either.
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    } else {
      watch(channel);
    }
  }
}
