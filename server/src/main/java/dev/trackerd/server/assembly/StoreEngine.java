package dev.trackerd.server.assembly;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.DataDirectory;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.nio.file.Path;

/** The one place that names an engine; whoever opens stores comes here. */
public final class StoreEngine {
  private StoreEngine() {}

  /**
   * Keeps other servers away from a data directory, which is made if it is not there, until the
   * lock is closed or the process ends. Commands do without it.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if another server holds it
   */
  static AutoCloseable lock(Path dataDirectory) {
    return DataDirectory.open(dataDirectory).lock();
  }

  /** Whether there are stores to open; opening makes them where there are none. */
  public static boolean holdsStores(Path dataDirectory) {
    return DataDirectory.holdsDatabase(dataDirectory);
  }

  /**
   * Opens the stores as a server does that holds the {@link #lock}.
   *
   * @param cacheBytes how much memory copies of trackers may take; 0 for none
   * @throws StoreException UNAVAILABLE, with a line for the operator
   */
  static Stores open(Path dataDirectory, StoreConfig config, long cacheBytes) {
    return SqliteStores.open(dataDirectory, config, cacheBytes);
  }

  /**
   * Opens the stores as a command does, also while a server runs on them; makes them as needed.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator
   */
  public static Stores open(Path dataDirectory) {
    return SqliteStores.open(dataDirectory, StoreConfig.unlimited());
  }
}
