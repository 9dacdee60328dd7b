package dev.trackerd.server.assembly;

import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.tracker.ServiceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that an operator may choose.
 *
 * @param dataDirectory database and master key; made if missing
 * @param bind the address that both ports listen on
 * @param grpcPort 0 for any free port
 * @param httpPort 0 for any free port
 * @param corsOrigins the origins whose pages may call the HTTP API; empty turns CORS off
 * @param ui whether the management page is served
 * @param eventTrackers how many there may be, and how long they take
 * @param cacheBytes how much memory copies of trackers may take; 0 for none
 * @param services what the services may be told
 * @param credentials keys that are to exist
 * @param masterKey base64 of 32 bytes; empty to use the one in the data directory
 */
public record ServerConfig(
    Path dataDirectory,
    String bind,
    int grpcPort,
    int httpPort,
    Set<String> corsOrigins,
    boolean ui,
    EventTrackerRules eventTrackers,
    long cacheBytes,
    ServiceSettings services,
    List<NewApiKey> credentials,
    Optional<String> masterKey) {

  @Override
  public String toString() {
    return "ServerConfig[" + dataDirectory + ", " + bind + "]";
  }
}
