package dev.trackerd.server.assembly;

import dev.trackerd.server.assembly.StoreLocation.Database;
import dev.trackerd.server.assembly.StoreLocation.Directory;
import dev.trackerd.server.store.StoreBackup;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.postgres.PostgresStores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.DataDirectory;
import dev.trackerd.server.store.sqlite.SqliteBackup;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The one place that names an engine; whoever opens stores comes here. */
public final class StoreEngine {
  /** A command does one thing after the other. */
  private static final int CONNECTIONS_OF_A_COMMAND = 2;

  private StoreEngine() {}

  /**
   * Keeps other servers away from stores that one server at a time can serve, until the lock is
   * closed or the process ends; makes their directory if it is not there. Commands do without it.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if another server holds it
   */
  static AutoCloseable lock(StoreLocation location) {
    return location instanceof Directory directory
        ? DataDirectory.open(directory.path()).lock()
        : () -> {};
  }

  /**
   * Says in a line for the operator why there are no stores to open, where opening would make them;
   * empty if they are there. Makes nothing.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if they can't be looked for
   */
  public static Optional<String> missing(StoreLocation location) {
    if (location instanceof Database database) {
      return PostgresStores.holdsStores(database.url())
          ? Optional.empty()
          : Optional.of(database + ": no store in this database (see --store)");
    }
    Path path = ((Directory) location).path();
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
   * @param cacheBytes how much memory copies of trackers may take, where no other server could
   *     change these; 0 for none
   * @throws StoreException UNAVAILABLE, with a line for the operator
   */
  static Stores open(StoreLocation location, StoreConfig config, long cacheBytes) {
    return location instanceof Database database
        ? PostgresStores.open(database.url(), config.withConnections(database.connections()))
        : SqliteStores.open(((Directory) location).path(), config, cacheBytes);
  }

  /**
   * How many connections callers of these stores share, each of which is held by one that waits;
   * empty where they call into this process.
   */
  static OptionalInt connections(StoreLocation location) {
    return location instanceof Database database
        ? OptionalInt.of(database.connections())
        : OptionalInt.empty();
  }

  /**
   * Opens the stores as a command does, also while a server runs on them; makes them as needed.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator
   */
  public static Stores open(StoreLocation location) {
    StoreConfig config = StoreConfig.unlimited();
    return location instanceof Database database
        ? PostgresStores.open(database.url(), config.withConnections(CONNECTIONS_OF_A_COMMAND))
        : SqliteStores.open(((Directory) location).path(), config);
  }

  /**
   * Runs an action while no server serves the stores, where only one process at a time may add to
   * them beside what it remembers of them.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if a server does
   */
  public static <T> T withoutServer(StoreLocation location, Supplier<T> action) {
    if (location instanceof Database) {
      return action.get();
    }
    DataDirectory.ServerLock lock = DataDirectory.open(((Directory) location).path()).lock();
    try {
      return action.get();
    } finally {
      lock.close();
    }
  }

  /**
   * Backs up a database of this machine, also while a server runs on it.
   *
   * @param file a new file
   * @throws StoreException UNAVAILABLE, with a line for the operator; there is no such file then
   */
  public static StoreBackup backup(Directory directory, Path file) {
    return SqliteBackup.write(directory.path(), file);
  }
}
