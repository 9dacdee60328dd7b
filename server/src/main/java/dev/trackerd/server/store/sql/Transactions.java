package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.WriterLoad;
import java.sql.SQLException;

/**
 * One open database: what an engine has to provide, and all that the stores know of it. Its tables
 * are set up when it is handed out. Thread-safe; {@link #read} and {@link #write} block.
 *
 * <p>What a {@link Work} throws comes out as it is, but for {@link SQLException}: that becomes a
 * {@link StoreException} UNAVAILABLE.
 */
public interface Transactions extends AutoCloseable {

  /**
   * Does the work on one consistent state of the database, or several if it runs several queries.
   * It must not change anything.
   *
   * @throws StoreException UNAVAILABLE if the database can't be reached or is closed
   */
  <T> T read(Work<T> work);

  /**
   * Does the work in one transaction that is durable on return. If the work throws, nothing of it
   * is kept.
   *
   * @throws StoreException UNAVAILABLE if the database can't be reached, fails or is closed; the
   *     change may then have been made or not, as a whole
   */
  <T> T write(Work<T> work);

  /**
   * Like {@link #write}, for work that changes or removes this one tracker. An engine that keeps
   * copies of trackers has to know.
   */
  default <T> T change(TrackerKey tracker, Work<T> work) {
    return write(work);
  }

  /** Whether a statement failed because a row of the same key or unique columns is there. */
  boolean isDuplicate(SQLException failure);

  /** What the changes cost so far, and how many wait. */
  WriterLoad load();

  /**
   * Returns if the database answers and takes changes, and works them off in time: none has waited
   * for more than 5 seconds. Quick: one read of one row.
   *
   * @throws StoreException UNAVAILABLE if not
   */
  void check();

  /**
   * Finishes what is under way, then closes the database. Closing twice is harmless.
   *
   * @throws StoreException UNAVAILABLE if the database can't be closed in order; nothing stays open
   */
  @Override
  void close();
}
