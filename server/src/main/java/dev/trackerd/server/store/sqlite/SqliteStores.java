package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.CredentialStore;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.IdempotencyStore;
import dev.trackerd.server.store.StoreContents;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TagStore;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.WriterLoad;
import dev.trackerd.server.store.sql.SqlStores;
import dev.trackerd.server.store.sql.StoreConfig;
import java.nio.file.Path;

/** The stores in a SQLite database of this machine. */
public final class SqliteStores implements Stores {
  private final Stores rows;
  private final RowCopies copies;
  private final TrackerStore trackers;

  private SqliteStores(Stores rows, RowCopies copies) {
    this.rows = rows;
    this.copies = copies;
    this.trackers = new CachedTrackerStore(rows.trackers(), copies);
  }

  /**
   * Opens the database of a data directory; makes it, or brings its schema up to date, as needed.
   * Several processes may have the same one open; only one of them at a time may create or change
   * trackers, see {@link DataDirectory#lock}.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if the directory or the
   *     database can't be used, or a newer program wrote it
   */
  public static Stores open(Path dataDirectory, StoreConfig config) {
    return open(dataDirectory, config, RowCopies.NONE);
  }

  /**
   * The same, with copies of trackers in memory. For the holder of the directory's lock only: a
   * copy stays as it is if another process changes its tracker.
   *
   * @param cacheBytes how many bytes the copies may take; 0 for none
   */
  public static Stores open(Path dataDirectory, StoreConfig config, long cacheBytes) {
    return open(dataDirectory, config, cacheBytes == 0 ? RowCopies.NONE : new RowCache(cacheBytes));
  }

  /** Opens the stores with any kind of copies. */
  static Stores open(Path dataDirectory, StoreConfig config, RowCopies copies) {
    DataDirectory directory = DataDirectory.open(dataDirectory);
    return new SqliteStores(
        SqlStores.over(SqliteTransactions.open(directory, copies), config), copies);
  }

  @Override
  public TrackerStore trackers() {
    return trackers;
  }

  @Override
  public EventTrackerStore eventTrackers() {
    return rows.eventTrackers();
  }

  @Override
  public TagStore tags() {
    return rows.tags();
  }

  @Override
  public CredentialStore credentials() {
    return rows.credentials();
  }

  @Override
  public IdempotencyStore idempotency() {
    return rows.idempotency();
  }

  @Override
  public StoreContents contents() {
    return rows.contents();
  }

  @Override
  public void check() {
    rows.check();
  }

  @Override
  public WriterLoad load() {
    return rows.load();
  }

  @Override
  public void close() {
    copies.close();
    rows.close();
  }
}
