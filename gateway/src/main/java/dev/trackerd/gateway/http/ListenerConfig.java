package dev.trackerd.gateway.http;

import dev.trackerd.gateway.ui.UiAssets;
import java.util.Optional;
import java.util.Set;

/**
 * How to listen.
 *
 * @param bind the address, as name or number
 * @param port the port; 0 means any free one
 * @param corsOrigins the origins whose pages may call, compared exactly; empty means none
 * @param ui the management page, or empty for none
 */
public record ListenerConfig(
    String bind, int port, Set<String> corsOrigins, Optional<UiAssets> ui) {

  /** Copies the set. */
  public ListenerConfig {
    corsOrigins = Set.copyOf(corsOrigins);
  }
}
