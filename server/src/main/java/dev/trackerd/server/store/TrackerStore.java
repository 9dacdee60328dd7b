package dev.trackerd.server.store;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Keeps trackers. Blocking and thread-safe; every change is one transaction, and is on stable
 * storage when its method returns. Names are unique in an account and compared byte by byte.
 *
 * <p>An account may have so many creates and updates in flight, over all processes that have the
 * database open; the next is refused at once. A place is free again before the method returns, and
 * when the process that held it dies.
 *
 * <p>A create or update under a key is made once, and fails as {@link Idempotency} says.
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
   *     account has as many trackers as it may; CONCURRENT_WRITE if it has as many creates and
   *     updates in flight as it may
   */
  StoredTracker create(
      AccountId account, TrackerContent content, Idempotency<StoredTracker> idempotency);

  /** The same under no key. */
  default StoredTracker create(AccountId account, TrackerContent content) {
    return create(account, content, Idempotency.none());
  }

  /**
   * Adds all trackers, or none, under ascending ids in the order given.
   *
   * @throws StoreException ALREADY_EXISTS if the account has a tracker of one of the names, or two
   *     of {@code contents} have the same; LIMIT if the account has no room for all;
   *     CONCURRENT_WRITE as for {@link #create}
   */
  List<StoredTracker> createAll(
      AccountId account,
      List<TrackerContent> contents,
      Idempotency<List<StoredTracker>> idempotency);

  /** The same under no key. */
  default List<StoredTracker> createAll(AccountId account, List<TrackerContent> contents) {
    return createAll(account, contents, Idempotency.none());
  }

  /**
   * Returns one tracker.
   *
   * @throws StoreException NOT_FOUND if the account has no tracker of that id
   */
  StoredTracker get(AccountId account, long id);

  /**
   * Returns the tracker if a copy is at hand that is as good as what {@link #get} would return;
   * empty says nothing. Never blocks for the database, and never throws.
   */
  Optional<StoredTracker> cached(AccountId account, long id);

  /** Returns the tracker of exactly that name, or empty. */
  Optional<StoredTracker> findByName(AccountId account, String name);

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
   * Replaces a tracker's content by what {@code change} makes of it; no other change to the tracker
   * comes between the content that it is given and the one that it returns.
   *
   * @param change a pure function, run on the caller's own thread, also more than once; it must not
   *     change the store. What it throws is thrown to the caller, and nothing is changed
   * @return the tracker in its next version
   * @throws StoreException NOT_FOUND if the account has no tracker of that id; ALREADY_EXISTS if
   *     another tracker of the account has the new name; BUSY if other changes of the tracker came
   *     between, again and again; CONCURRENT_WRITE as for {@link #create}
   */
  StoredTracker update(
      AccountId account,
      long id,
      UnaryOperator<TrackerContent> change,
      Idempotency<StoredTracker> idempotency);

  /** The same under no key. */
  default StoredTracker update(AccountId account, long id, UnaryOperator<TrackerContent> change) {
    return update(account, id, change, Idempotency.none());
  }

  /**
   * Removes a tracker. Its id is not used again.
   *
   * @throws StoreException NOT_FOUND if the account has no tracker of that id
   */
  void delete(AccountId account, long id);

  /** The most bytes of one page's messages; a gRPC client accepts 4 MiB by default. */
  long PAGE_BYTES = 3L << 20;
}
