package dev.trackerd.gateway.backend;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a channel trying to connect to each server that can't be reached. By itself gRPC waits
 * longer after each try, up to two minutes, and whoever has just started a server again would wait
 * with it. Thread-safe.
 */
final class Reconnector implements AutoCloseable {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().setNameFormat("reconnect").setDaemon(true).build());

  /**
   * Watches a channel.
   *
   * @param channel stays its owner's to close, after this
   * @param pause the longest wait before a server is tried again
   */
  Reconnector(ManagedChannel channel, Duration pause) {
    // Whatever the channel's own state: that is READY as long as one server of many answers.
    timer.scheduleWithFixedDelay(
        channel::resetConnectBackoff, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
