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
 * @param services the services whose {@code google.api.http} rules are served
 */
public record GatewayConfig(
    String bind, int httpPort, Set<String> corsOrigins, List<ServiceDescriptor> services) {

  /** Copies the collections. */
  public GatewayConfig {
    corsOrigins = Set.copyOf(corsOrigins);
    services = List.copyOf(services);
  }
}
