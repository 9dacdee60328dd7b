package dev.trackerd.server.assembly;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.DataDirectory;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The one place that names an engine; whoever opens stores comes here. */
public final class StoreEngine {
  private StoreEngine() {}

  /**
   * Keeps other servers away from stores that one server at a time can serve, until the lock is
   * closed or the process ends; makes their directory if it is not there. Commands do without it.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if another server holds it
   */
  static AutoCloseable lock(StoreLocation location) {
    return DataDirectory.open(directory(location)).lock();
  }

  /**
   * Says in a line for the operator why there are no stores to open, where opening would make them;
   * empty if they are there, or can't be looked for. Makes nothing.
   */
  public static Optional<String> missing(StoreLocation location) {
    Path path = directory(location);
    if (!Files.exists(path)) {
      return Optional.of(path + ": no such data directory (see --data-dir)");
    }
    return !Files.isDirectory(path) || DataDirectory.holdsDatabase(path)
        ? Optional.empty()
        : Optional.of(path + ": no store in this directory (see --data-dir)");
  }

  /**
   * Opens the stores as a server does that holds the {@link #lock}.
   *
   * @param cacheBytes how much memory copies of trackers may take; 0 for none
   * @throws StoreException UNAVAILABLE, with a line for the operator
   */
  static Stores open(StoreLocation location, StoreConfig config, long cacheBytes) {
    return SqliteStores.open(directory(location), config, cacheBytes);
  }

  /**
   * Opens the stores as a command does, also while a server runs on them; makes them as needed.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator
   */
  public static Stores open(StoreLocation location) {
    return SqliteStores.open(directory(location), StoreConfig.unlimited());
  }

  private static Path directory(StoreLocation location) {
    return ((StoreLocation.Directory) location).path();
  }
}
