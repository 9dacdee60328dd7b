package dev.trackerd.server.store;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps trackers. Blocking and thread-safe; every change is one transaction, and is on stable
 * storage when its method returns. Names are unique in an account and compared byte by byte.
 *
 * <p>Every method throws {@link StoreException} with {@link StoreException.Reason#UNAVAILABLE} when
 * the database can't be reached or the store is closed. A change that ends so may have been made or
 * not, as a whole; any other failure changes nothing.
 */
public interface TrackerStore {

  /**
   * Adds one tracker under a new id.
   *
   * @throws StoreException ALREADY_EXISTS if the account has a tracker of that name; LIMIT if the
   *     account has as many trackers as it may
   */
  Tracker create(AccountId account, TrackerContent content);

  /**
   * Adds all trackers, or none, under ascending ids in the order given.
   *
   * @throws StoreException ALREADY_EXISTS if the account has a tracker of one of the names, or two
   *     of {@code contents} have the same; LIMIT if the account has no room for all
   */
  List<Tracker> createAll(AccountId account, List<TrackerContent> contents);

  /**
   * Returns one tracker.
   *
   * @throws StoreException NOT_FOUND if the account has no tracker of that id
   */
  Tracker get(AccountId account, long id);

  /** Returns the tracker of exactly that name, or empty. */
  Optional<Tracker> findByName(AccountId account, String name);

  /**
   * Returns the trackers that follow {@code afterId}, by ascending id: at most {@code limit}, and
   * fewer when they would pass {@link #PAGE_BYTES}, yet never less than one where one follows.
   *
   * @param afterId the id that the page before ended with, 0 for the first page; need not exist
   *     (any more)
   * @param limit at least 1
   */
  TrackerPage list(AccountId account, long afterId, int limit);

  /**
   * Replaces a tracker's content by what {@code change} makes of it, in one transaction that no
   * other change to the tracker comes between.
   *
   * @param change a pure and quick function, run on a thread of the store's while all other changes
   *     wait; it may run more than once and must not change the store. What it throws is thrown to
   *     the caller, and nothing is changed
   * @throws StoreException NOT_FOUND if the account has no tracker of that id; ALREADY_EXISTS if
   *     another tracker of the account has the new name
   */
  Tracker update(AccountId account, long id, UnaryOperator<TrackerContent> change);

  /**
   * Removes a tracker. Its id is not used again.
   *
   * @throws StoreException NOT_FOUND if the account has no tracker of that id
   */
  void delete(AccountId account, long id);

  /** The most bytes of one page's texts as stored; a gRPC client accepts 4 MiB by default. */
  long PAGE_BYTES = 3L << 20;
}
