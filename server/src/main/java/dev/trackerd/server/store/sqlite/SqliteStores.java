package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.SqlStores;
import dev.trackerd.server.store.sql.StoreConfig;
import java.nio.file.Path;

/** Opens the stores in a SQLite database of this machine. */
public final class SqliteStores {
  private SqliteStores() {}

  /**
   * Opens the database of a data directory; makes it, or brings its schema up to date, as needed.
   * Several processes may have the same one open; only one of them at a time may create trackers,
   * see {@link DataDirectory#lock}.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if the directory or the
   *     database can't be used, or a newer program wrote it
   */
  public static Stores open(Path dataDirectory, StoreConfig config) {
    return SqlStores.over(SqliteTransactions.open(DataDirectory.open(dataDirectory)), config);
  }
}
