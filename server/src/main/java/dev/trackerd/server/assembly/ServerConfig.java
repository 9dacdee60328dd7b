package dev.trackerd.server.assembly;

import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.tracker.ServiceSettings;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All that an operator may choose.
 *
 * @param store where the database is; made if missing
 * @param bind the address that both ports listen on
 * @param grpcPort 0 for any free port
 * @param httpPort 0 for any free port
 * @param corsOrigins the origins whose pages may call the HTTP API; empty turns CORS off
 * @param ui whether the management page is served
 * @param eventTrackers how many there may be, and how long they take
 * @param cacheBytes how much memory copies of trackers may take; 0 for none
 * @param services what the services may be told
 * @param credentials keys that are to exist
 * @param masterKey opens the master key, or throws {@link
 *     dev.trackerd.server.auth.MasterKeyException}; asked once, after the store is this server's
 */
public record ServerConfig(
    StoreLocation store,
    String bind,
    int grpcPort,
    int httpPort,
    Set<String> corsOrigins,
    boolean ui,
    EventTrackerRules eventTrackers,
    long cacheBytes,
    ServiceSettings services,
    List<NewApiKey> credentials,
    Supplier<MasterKey> masterKey) {

  @Override
  public String toString() {
    return "ServerConfig[" + store + ", " + bind + "]";
  }
}
