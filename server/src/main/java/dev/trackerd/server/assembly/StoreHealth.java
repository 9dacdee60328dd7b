package dev.trackerd.server.assembly;

import dev.trackerd.gateway.DaemonThreads;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the health service whether the store answers, by asking it every second. Thread-safe. */
final class StoreHealth implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);
  private static final int PERIOD_SECONDS = 1;

  private final HealthStatusManager health = new HealthStatusManager();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("store-health"));
  private final List<String> services;
  private final Runnable question;

  /**
   * Asks once at once, then every second.
   *
   * @param services the full names of the services that depend on the store; {@code ""}, the server
   *     as a whole, is added to them
   * @param question throws if the store does not answer
   */
  StoreHealth(List<String> services, Runnable question) {
    this.services = services;
    this.question = question;
    check();
    timer.scheduleWithFixedDelay(this::ask, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** The {@code grpc.health.v1.Health} service. */
  io.grpc.BindableService service() {
    return health.getHealthService();
  }

  /** From now on, and for good, everything is NOT_SERVING: load balancers go elsewhere. */
  @Override
  public void close() {
    timer.shutdownNow();
    health.enterTerminalState();
  }

  /** What telling the watchers throws must not end the asking either. */
  private void ask() {
    try {
      check();
    } catch (RuntimeException | Error e) {
      LOG.error("the health could not be told", e);
    }
  }

  /** Asks now. */
  void check() {
    ServingStatus status = answers() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(service -> health.setStatus(service, status));
  }

  /** Whatever is thrown is no answer; thrown on, it would end the asking for good. */
  private boolean answers() {
    try {
      question.run();
      return true;
    } catch (RuntimeException | Error e) {
      LOG.debug("the store does not answer", e);
      return false;
    }
  }
}
