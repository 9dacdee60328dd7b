package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.CredentialStore;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.TrackerStore;

/**
 * All stores over one database. Thread-safe. Several processes may have the same database open;
 * only one of them at a time may create trackers, see {@link DataDirectory#lock}.
 */
public final class SqlStores implements AutoCloseable {
  private final Database database;
  private final TrackerStore trackers;
  private final EventTrackerStore eventTrackers;
  private final CredentialStore credentials;

  private SqlStores(Database database, StoreConfig config) {
    this.database = database;
    long last =
        database.read(
            session -> session.first(TrackerSql.GREATEST_ID, row -> row.getLong(1)).orElse(0L));
    TrackerIds ids = new TrackerIds(config.clock(), config.random(), last);
    this.trackers = new SqlTrackerStore(database, ids, config.maxTrackersPerAccount());
    this.eventTrackers = new SqlEventTrackerStore(database, config);
    this.credentials = new SqlCredentialStore(database);
  }

  /**
   * Opens the database; makes it, or brings its schema up to date, as needed.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if the directory or the
   *     database can't be used, or a newer program wrote it
   */
  public static SqlStores open(StoreConfig config) {
    Database database = Database.open(DataDirectory.open(config.dataDirectory()));
    try {
      return new SqlStores(database, config);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The trackers, until {@link #close}. */
  public TrackerStore trackers() {
    return trackers;
  }

  /** The event trackers and dataset groups, until {@link #close}. */
  public EventTrackerStore eventTrackers() {
    return eventTrackers;
  }

  /** The API keys, until {@link #close}. */
  public CredentialStore credentials() {
    return credentials;
  }

  /**
   * Returns if the stores answer and take changes. Quick: one read of one row.
   *
   * @throws StoreException UNAVAILABLE if not
   */
  public void check() {
    database.check();
  }

  /**
   * Waits for the calls in flight to finish, then closes the database. Later calls throw {@link
   * StoreException} UNAVAILABLE. Closing twice is harmless.
   */
  @Override
  public void close() {
    database.close();
  }
}
