package dev.trackerd.gateway.http;

import java.util.Set;

/**
 * How to listen.
 *
 * @param bind the address, as name or number
 * @param port the port; 0 means any free one
 * @param corsOrigins the origins whose pages may call, compared exactly; empty means none
 */
public record ListenerConfig(String bind, int port, Set<String> corsOrigins) {

  /** Copies the set. */
  public ListenerConfig {
    corsOrigins = Set.copyOf(corsOrigins);
  }
}
