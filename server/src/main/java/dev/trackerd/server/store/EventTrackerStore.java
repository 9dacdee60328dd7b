package dev.trackerd.server.store;

import java.util.Optional;

/**
 * Keeps dataset groups, their event trackers and their event-interactions datasets. Blocking,
 * thread-safe and durable like {@link TrackerStore}.
 *
 * <p>An event tracker passes through the states of {@link EventTrackerStatus} by itself, as time
 * goes on, whether or not the store is open. At the end of its deletion it is gone: no method finds
 * it any more, and its dataset group has room for another.
 *
 * <p>Lists are in the order of creation. Each begins after a place: 0 for the first page, then
 * {@link Page#next} of the page before; what is made or deleted in between shifts no place.
 *
 * <p>A create under a key is made once, and fails as {@link Idempotency} says.
 *
 * <p>Every method throws {@link StoreException} with {@link StoreException.Reason#UNAVAILABLE} when
 * the database can't be reached or the store is closed.
 */
public interface EventTrackerStore {

  /**
   * Adds a dataset group.
   *
   * @throws StoreException ALREADY_EXISTS if the account has a dataset group of that name
   */
  StoredDatasetGroup createDatasetGroup(
      AccountId account, DatasetGroupContent content, Idempotency<StoredDatasetGroup> idempotency);

  /** The same under no key. */
  default StoredDatasetGroup createDatasetGroup(AccountId account, DatasetGroupContent content) {
    return createDatasetGroup(account, content, Idempotency.none());
  }

  /**
   * Returns one dataset group.
   *
   * @throws StoreException NOT_FOUND if the account has no dataset group of that name
   */
  StoredDatasetGroup getDatasetGroup(AccountId account, String name);

  /**
   * Returns the account's dataset groups after a place.
   *
   * @param limit at least 1
   */
  Page<StoredDatasetGroup> listDatasetGroups(AccountId account, long after, int limit);

  /**
   * Deletes a dataset group with its datasets, at once.
   *
   * @throws StoreException NOT_FOUND if the account has no dataset group of that name; IN_USE if
   *     the group has an event tracker in any state
   */
  void deleteDatasetGroup(AccountId account, String name);

  /**
   * Returns one dataset.
   *
   * @param datasetGroup the name of its group
   * @throws StoreException NOT_FOUND if the account has no such dataset
   */
  StoredDataset getDataset(AccountId account, String datasetGroup, String type);

  /**
   * Returns the account's datasets after a place.
   *
   * @param datasetGroup the name of the one group to look at; empty for all of them
   * @param limit at least 1
   */
  Page<StoredDataset> listDatasets(
      AccountId account, Optional<String> datasetGroup, long after, int limit);

  /**
   * Adds an event tracker under a new id, and the event-interactions dataset of its dataset group
   * unless that has one.
   *
   * @throws StoreException NOT_FOUND if the account has no such dataset group; ALREADY_EXISTS if
   *     the group has an event tracker in any state, whose id is the exception's {@link
   *     StoreException#id}; LIMIT if the account has as many as it may, those not counted that
   *     failed or are being deleted
   */
  StoredEventTracker create(
      AccountId account, EventTrackerContent content, Idempotency<StoredEventTracker> idempotency);

  /** The same under no key. */
  default StoredEventTracker create(AccountId account, EventTrackerContent content) {
    return create(account, content, Idempotency.none());
  }

  /**
   * Returns one event tracker.
   *
   * @throws StoreException NOT_FOUND if the account has no event tracker of that id
   */
  StoredEventTracker get(AccountId account, String id);

  /**
   * Returns the account's event trackers after a place.
   *
   * @param datasetGroup the name of the one group to look at; empty for all of them
   * @param limit at least 1
   */
  Page<StoredEventTracker> list(
      AccountId account, Optional<String> datasetGroup, long after, int limit);

  /**
   * Begins to delete an event tracker. The dataset stays.
   *
   * @throws StoreException NOT_FOUND if the account has no event tracker of that id; IN_USE unless
   *     it is ACTIVE or CREATE_FAILED
   */
  void delete(AccountId account, String id);
}
