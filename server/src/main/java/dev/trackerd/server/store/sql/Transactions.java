package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.WriterLoad;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

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

  /**
   * Runs the action while it holds one of the account's permits, over all processes that have the
   * database open, for creates and updates. What the action is given reads what is committed, and
   * what it writes itself; that is durable when this returns, and nothing of it is kept if the
   * action throws before it has written. The permit is free again when this returns, and when the
   * process dies.
   *
   * <p>Like a {@link Work}, the action may be run again from its beginning, on the same thread. It
   * writes at most once, and last.
   *
   * <p>An engine whose database no other process changes has nothing to add to the permits that its
   * own callers hold.
   *
   * @param permits how many the account has; at least 1
   * @throws StoreException CONCURRENT_WRITE if the account has none left; UNAVAILABLE like {@link
   *     #write}; else what the action threw
   */
  default <T> T exclusively(AccountId account, int permits, Function<Transactions, T> action) {
    return action.apply(this);
  }

  /**
   * Waits until no other transaction that has asked for the same is under way for the account: for
   * those whose changes are allowed by what they count. To be asked for first. An engine that works
   * off one change after the other has nothing to do.
   */
  default void serialize(Session session, AccountId account) throws SQLException {}

  /**
   * Returns whether this transaction is the only one under way, over all processes, that asks for
   * that number, and remains so until it ends; never waits. Asking again is harmless. An engine
   * that works off one change after the other, all of one process, has nothing to do.
   *
   * @param number at most 60 bits; 0 and what callers make of the keys of changes
   */
  default boolean tryHold(Session session, long number) throws SQLException {
    return true;
  }

  /**
   * How a page of an account's trackers is read: {@link TrackerSql#LIST} or another statement of
   * the same parameters and columns. An engine that sends whole results over a network has to see
   * to it that a page of the largest trackers stays small.
   */
  default String trackerPage() {
    return TrackerSql.LIST;
  }

  /**
   * Does the work, which may take long, on one consistent state of the database, however many
   * queries it runs. It must not change anything. It is run once.
   *
   * @throws StoreException UNAVAILABLE if the database can't be reached or is closed
   */
  default <T> T snapshot(Work<T> work) {
    return read(work);
  }

  /**
   * What the engine itself finds wrong with the database when it looks all of it through, one line
   * each.
   *
   * @param session that of a {@link #read}
   */
  default List<String> faults(Session session) throws SQLException {
    return List.of();
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
