package dev.trackerd.gateway;

import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.Set;

/**
 * What a gateway serves, and where.
 *
 * @param bind the address to listen on, as name or number
 * @param httpPort the port; 0 means any free one
 * @param corsOrigins the origins whose pages may call, compared exactly; empty means none
 * @param ui whether the management page is served
 * @param services the services whose {@code google.api.http} rules are served
 */
public record GatewayConfig(
    String bind,
    int httpPort,
    Set<String> corsOrigins,
    boolean ui,
    List<ServiceDescriptor> services) {

  /** Copies the collections. */
  public GatewayConfig {
    corsOrigins = Set.copyOf(corsOrigins);
    services = List.copyOf(services);
  }
}
