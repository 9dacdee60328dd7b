package dev.trackerd.gateway.wire;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Closes a connection whose request head takes too long. Belongs to the connection's thread. */
final class HeadTimer {

  private final Duration limit;
  private ScheduledFuture<?> running;

  HeadTimer(Duration limit) {
    this.limit = limit;
  }

  /** Starts, unless it runs: a head that comes byte by byte has no more time than any other. */
  void start(ChannelHandlerContext context) {
    if (running == null) {
      Runnable expire = context::close;
      running = context.executor().schedule(expire, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
