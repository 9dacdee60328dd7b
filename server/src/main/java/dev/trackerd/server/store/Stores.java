package dev.trackerd.server.store;

/**
 * All stores over one database, whichever engine keeps it. Thread-safe; every call may block for
 * the database.
 */
public interface Stores extends AutoCloseable {

  /** The trackers, until {@link #close}. */
  TrackerStore trackers();

  /** The event trackers and dataset groups, until {@link #close}. */
  EventTrackerStore eventTrackers();

  /** The API keys, until {@link #close}. */
  CredentialStore credentials();

  /**
   * Returns if the stores answer and take changes. Quick: one read of one row.
   *
   * @throws StoreException UNAVAILABLE if not
   */
  void check();

  /**
   * Waits for the calls in flight to finish, then closes the database. Later calls throw {@link
   * StoreException} UNAVAILABLE. Closing twice is harmless.
   *
   * @throws StoreException UNAVAILABLE if the database can't be closed in order; nothing stays open
   */
  @Override
  void close();
}
