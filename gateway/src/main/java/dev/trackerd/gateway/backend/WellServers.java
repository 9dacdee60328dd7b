package dev.trackerd.gateway.backend;

import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;

import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives calls in turn to the connected servers of the best {@link Standing} that there is: where
 * none serves, those that say so themselves are asked, because what they answer is clearer than
 * anything that could be said here. Belongs to the channel's synchronization context.
 */
final class WellServers extends LoadBalancer {

  private final Helper helper;
  private final Map<List<SocketAddress>, BackendServer> servers = new LinkedHashMap<>();
  private List<BackendServer> chosen = List.of();

  WellServers(Helper helper) {
    this.helper = helper;
  }

  /** Connects to new addresses; servers that are not among them any more get no new calls. */
  @Override
  public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
    if (resolved.getAddresses().isEmpty()) {
      Status nowhere = Status.UNAVAILABLE.withDescription("no address");
      handleNameResolutionError(nowhere);
      return nowhere;
    }
    Map<List<SocketAddress>, BackendServer> before = new HashMap<>(servers);
    servers.clear();
    for (EquivalentAddressGroup group : resolved.getAddresses()) {
      BackendServer known = before.remove(group.getAddresses());
      if (known != null) {
        servers.put(group.getAddresses(), known);
      } else {
        servers.computeIfAbsent(
            group.getAddresses(), added -> new BackendServer(helper, group, this::choose));
      }
    }
    choose();
    before.values().forEach(BackendServer::close);
    return Status.OK;
  }

  /** Whoever is known stays: a name that can't be looked up is no reason to hang up. */
  @Override
  public void handleNameResolutionError(Status error) {
    if (servers.isEmpty()) {
      helper.updateBalancingState(
          TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(error)));
    }
  }

  @Override
  public void shutdown() {
    servers.values().forEach(BackendServer::close);
    servers.clear();
  }

  private void choose() {
    Collection<BackendServer> all = servers.values();
    Standing best =
        all.stream()
            .map(BackendServer::standing)
            .filter(Objects::nonNull)
            .min(Standing::compareTo)
            .orElse(null);
    if (best == null) {
      chosen = List.of();
      chooseNone(all);
      return;
    }
    List<BackendServer> next = all.stream().filter(server -> server.standing() == best).toList();
    if (!next.equals(chosen)) {
      chosen = next;
      helper.updateBalancingState(READY, new InTurnPicker(next));
    }
    if (best != Standing.SILENT) {
      all.stream()
          .filter(server -> server.standing() == Standing.SILENT)
          .forEach(BackendServer::abandon);
    }
  }

  /** Lets calls wait as long as there is a server that may yet be reached. */
  private void chooseNone(Collection<BackendServer> all) {
    Optional<Status> failure =
        all.stream().allMatch(server -> server.failure() != null)
            ? all.stream().map(BackendServer::failure).findAny()
            : Optional.empty();
    PickResult result = failure.map(PickResult::withError).orElseGet(PickResult::withNoResult);
    helper.updateBalancingState(
        failure.isPresent() ? TRANSIENT_FAILURE : CONNECTING, new FixedResultPicker(result));
  }
}
