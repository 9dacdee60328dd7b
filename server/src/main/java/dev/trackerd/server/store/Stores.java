package dev.trackerd.server.store;

/**
 * All stores over one database, whichever engine keeps it. Thread-safe; every call may block for
 * the database.
 */
public interface Stores extends AutoCloseable {

  /** The trackers, until {@link #close}. */
  TrackerStore trackers();

  /** The event trackers, dataset groups and datasets, until {@link #close}. */
  EventTrackerStore eventTrackers();

  /** The tags of what {@link #eventTrackers} keeps, until {@link #close}. */
  TagStore tags();

  /** The API keys, until {@link #close}. */
  CredentialStore credentials();

  /** What was answered to changes that are to be made once, until {@link #close}. */
  IdempotencyStore idempotency();

  /** All that is kept, exactly as it is kept, until {@link #close}. */
  StoreContents contents();

  /**
   * Returns if the stores answer and take changes, and work them off in time: none has waited for
   * more than 5 seconds. Quick: one read of one row. Says so again by itself once it is so again.
   *
   * @throws StoreException UNAVAILABLE if not
   */
  void check();

  /** What the changes cost so far, and how many wait. */
  WriterLoad load();

  /**
   * Waits for the calls in flight to finish, then closes the database. Later calls throw {@link
   * StoreException} UNAVAILABLE. Closing twice is harmless.
   *
   * @throws StoreException UNAVAILABLE if the database can't be closed in order; nothing stays open
   */
  @Override
  void close();
}
