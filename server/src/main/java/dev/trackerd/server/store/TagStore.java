package dev.trackerd.server.store;

import java.util.List;
import java.util.Set;

/**
 * Keeps the labels of event trackers, dataset groups and datasets. Blocking, thread-safe and
 * durable like {@link TrackerStore}. Tags are in the order in which their keys came; a key is there
 * once.
 *
 * <p>Every method throws {@link StoreException} with {@link StoreException.Reason#UNAVAILABLE} when
 * the database can't be reached or the store is closed.
 */
public interface TagStore {
  /** The most tags that a resource may have. */
  int MAX_TAGS = 50;

  /**
   * Returns the tags of a resource.
   *
   * @throws StoreException NOT_FOUND if the account has no such resource
   */
  List<StoredTag> list(AccountId account, TagOwner owner);

  /**
   * Adds tags; one whose key is there gets the new value.
   *
   * @throws StoreException NOT_FOUND if the account has no such resource; IN_USE if it is being
   *     deleted; LIMIT if it would have more than {@link #MAX_TAGS}
   */
  void add(AccountId account, TagOwner owner, List<StoredTag> tags);

  /**
   * Removes the tags of some keys; a key that is not there is no failure.
   *
   * @throws StoreException NOT_FOUND if the account has no such resource; IN_USE if it is being
   *     deleted
   */
  void remove(AccountId account, TagOwner owner, Set<String> keys);
}
