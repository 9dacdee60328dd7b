package dev.trackerd.server.store;

import java.util.OptionalLong;

/** One thing of an account exactly as it is kept, so that it can be kept elsewhere. */
public sealed interface StoreEntry {

  /** The owner. */
  AccountId account();

  /**
   * What keeps ids and places from being given away twice.
   *
   * @param trackerId no id of a tracker that was given away is above this or the greatest one in
   *     use; empty as long as that is in use
   * @param place the last place that was given away; empty before the first
   */
  record Marks(AccountId account, OptionalLong trackerId, OptionalLong place)
      implements StoreEntry {}

  /**
   * A dataset group.
   *
   * @param place its place among all things of the account that have one, at least 1
   */
  record DatasetGroupEntry(AccountId account, long place, StoredDatasetGroup group)
      implements StoreEntry {}

  /**
   * A dataset.
   *
   * @param place its place among all things of the account that have one, at least 1
   */
  record DatasetEntry(AccountId account, long place, StoredDataset dataset) implements StoreEntry {}

  /**
   * An event tracker.
   *
   * @param place its place among all things of the account that have one, at least 1
   */
  record EventTrackerEntry(AccountId account, long place, KeptEventTracker tracker)
      implements StoreEntry {}

  /** A tracker. */
  record TrackerEntry(AccountId account, StoredTracker tracker) implements StoreEntry {}

  /** An API key. */
  record KeyEntry(ApiKey key) implements StoreEntry {
    @Override
    public AccountId account() {
      return key.account();
    }
  }
}
