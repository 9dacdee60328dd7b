package dev.trackerd.server.assembly;

import dev.trackerd.gateway.DaemonThreads;
import dev.trackerd.gateway.Gateway;
import dev.trackerd.gateway.GatewayConfig;
import dev.trackerd.gateway.ServedServices;
import dev.trackerd.gateway.wire.ListenAddress;
import dev.trackerd.gateway.wire.ListenFailure;
import dev.trackerd.server.auth.ApiKeyException;
import dev.trackerd.server.auth.ApiKeys;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.MasterKeyException;
import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.rpc.Admission;
import dev.trackerd.server.rpc.CallLimits;
import dev.trackerd.server.rpc.LaneLimits;
import dev.trackerd.server.rpc.Lanes;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The whole program while it runs: stores, services on a gRPC port, and the gateway on an HTTP
 * port, which reaches the services through a channel inside the process. Thread-safe.
 */
public final class TrackerServer implements AutoCloseable {
  private final Closers closers = new Closers();
  private final ServerConfig config;
  private GrpcServers grpc;
  private Gateway gateway;
  private Optional<NewApiKey> firstKey = Optional.empty();

  private TrackerServer(ServerConfig config) {
    this.config = config;
  }

  /**
   * Starts everything; both ports listen when this returns.
   *
   * @throws StartException if something stands in the way; nothing is left open then
   */
  public static TrackerServer start(ServerConfig config) throws StartException {
    TrackerServer server = new TrackerServer(config);
    try {
      server.open();
      return server;
    } catch (StoreException | MasterKeyException e) {
      server.close();
      throw new StartException(e.getMessage(), e);
    } catch (StartException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The key that the first start of an empty store made, to be shown once. */
  public Optional<NewApiKey> firstKey() {
    return firstKey;
  }

  /** Host and port of gRPC, as a client takes it. */
  public String grpcAddress() {
    return grpcListen().reached(grpc.port());
  }

  /** Scheme, host and port of HTTP, as a client takes it. */
  public String httpUrl() {
    return "http://"
        + new ListenAddress(config.bind(), config.httpPort()).reached(gateway.httpPort());
  }

  /**
   * Says NOT_SERVING, takes nothing new, lets what is in flight end for at most 10 seconds, then
   * closes everything from the ports down to the store.
   */
  @Override
  public void close() {
    closers.close();
  }

  private void open() throws StartException {
    closers.add(StoreEngine.lock(config.store()));
    MasterKey master = config.masterKey().get();
    Stores stores =
        closers.add(
            StoreEngine.open(
                config.store(),
                StoreConfig.unlimited()
                    .withMaxConcurrentWritesPerAccount(
                        config.services().maxConcurrentWritesPerAccount())
                    .withMaxTrackersPerAccount(config.services().maxTrackersPerAccount())
                    .withEventTrackers(config.eventTrackers()),
                config.cacheBytes()));
    closers.add(new IdempotencySweep(stores.idempotency()));
    ApiKeys keys = ApiKeys.open(stores.credentials(), master, Clock.systemUTC());
    ensureCredentials(keys);
    serve(Services.of(config.services(), stores, master, keys), stores);
    // Last of all: a start that fails must not make a key that nobody gets to see.
    firstKey = keys.createFirst();
  }

  private void ensureCredentials(ApiKeys keys) throws StartException {
    try {
      config.credentials().forEach(keys::ensure);
    } catch (ApiKeyException e) {
      throw new StartException("TRACKERD_CREDENTIALS: " + e.getMessage(), e);
    }
  }

  /**
   * Opens the ports, in an order that closes them in the right one: first health says NOT_SERVING.
   */
  private void serve(Function<Admission, List<ServerServiceDefinition>> services, Stores stores)
      throws StartException {
    StoreHealth health =
        new StoreHealth(
            ServedServices.ALL.stream().map(ServiceDescriptor::getName).toList(), stores::check);
    long maxHeap = Runtime.getRuntime().maxMemory();
    Lanes lanes = closers.add(new Lanes(laneLimits(maxHeap), DaemonThreads::named));
    CallLimits limits = CallLimits.of(maxHeap);
    Admission admission = new Admission(limits, lanes, System::nanoTime);
    Timers timers = closers.add(new Timers(admission::sweep));
    List<ServerServiceDefinition> all = new ArrayList<>();
    services.apply(admission).forEach(service -> all.add(Reflection.shown(service)));
    Reflection.services().forEach(service -> all.add(admission.guard(service.bindService())));
    all.add(admission.guard(health.service().bindService()));
    grpc = closers.add(startGrpc(admission, all, timers));
    ManagedChannel channel = grpc.channel(timers);
    closers.<AutoCloseable>add(channel::shutdownNow);
    gateway = closers.add(startGateway(channel));
    closers.<AutoCloseable>add(grpc::stopAccepting);
    closers.add(health);
  }

  private LaneLimits laneLimits(long maxHeap) {
    OptionalInt connections = StoreEngine.connections(config.store());
    int writes = config.services().maxConcurrentWritesPerAccount();
    return connections.isPresent()
        ? LaneLimits.ofConnections(connections.getAsInt(), writes, maxHeap)
        : LaneLimits.ofProcessors();
  }

  private GrpcServers startGrpc(
      Admission admission, List<ServerServiceDefinition> services, Timers timers)
      throws StartException {
    ListenAddress address = grpcListen();
    try {
      return GrpcServers.start(
          new InetSocketAddress(address.host(), address.port()), admission, services, timers);
    } catch (IOException | RuntimeException e) {
      String reason = ListenFailure.reason(e) + "; see --grpc-port and --bind";
      throw new StartException("can't listen for gRPC on " + address + ": " + reason, e);
    }
  }

  private ListenAddress grpcListen() {
    return new ListenAddress(config.bind(), config.grpcPort());
  }

  private Gateway startGateway(Channel channel) throws StartException {
    try {
      return Gateway.start(
          new GatewayConfig(
              config.bind(),
              config.httpPort(),
              config.corsOrigins(),
              config.ui(),
              ServedServices.ALL),
          channel);
    } catch (IOException e) {
      throw new StartException(e.getMessage() + "; see --http-port and --bind", e);
    }
  }
}
