package dev.trackerd.gateway.backend;

import dev.trackerd.gateway.call.Attempt;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Picks one server after the other. Thread-safe. */
final class InTurnPicker extends SubchannelPicker {

  private final BackendServer[] servers;

  // Anywhere: not all gateways that were told the same at one time are to begin with the same.
  private final AtomicInteger turn = new AtomicInteger(ThreadLocalRandom.current().nextInt());

  /**
   * Makes one.
   *
   * @param servers at least one
   */
  InTurnPicker(List<BackendServer> servers) {
    this.servers = servers.toArray(BackendServer[]::new);
  }

  @Override
  public PickResult pickSubchannel(PickSubchannelArgs args) {
    BackendServer server = servers[Math.floorMod(turn.getAndIncrement(), servers.length)];
    Attempt attempt = args.getCallOptions().getOption(Attempt.KEY);
    if (attempt != null) {
      server.attempts().enter(attempt);
    }
    return server.pick();
  }
}
