package dev.trackerd.gateway.cli;

import dev.trackerd.gateway.DaemonThreads;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a channel trying to connect while no server can be reached. By itself gRPC waits longer
 * after each try, up to two minutes, and whoever has just started the server again would wait with
 * it. Thread-safe.
 */
final class Reconnector implements AutoCloseable {

  private static final int SECONDS = 2;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("reconnect"));

  /** Watches a channel, which stays its owner's to close, after this. */
  Reconnector(ManagedChannel channel) {
    timer.scheduleWithFixedDelay(() -> tryAgain(channel), SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private static void tryAgain(ManagedChannel channel) {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
