package dev.trackerd.server.store;

import java.util.OptionalLong;

/** One thing of an account exactly as it is kept, so that it can be kept elsewhere. */
public sealed interface StoreEntry {

  /** The owner. */
  AccountId account();

  /** An entry that has a place among all things of its account that have one. */
  sealed interface Placed extends StoreEntry {

    /** The place, at least 1. */
    long place();
  }

  /**
   * What keeps ids and places from being given away twice.
   *
   * @param trackerId no id of a tracker that was given away is above this or the greatest one in
   *     use; empty as long as that is in use
   * @param place the last place that was given away; empty before the first
   */
  record Marks(AccountId account, OptionalLong trackerId, OptionalLong place)
      implements StoreEntry {}

  /** A dataset group. */
  record DatasetGroupEntry(AccountId account, long place, StoredDatasetGroup group)
      implements Placed {}

  /** A dataset. */
  record DatasetEntry(AccountId account, long place, StoredDataset dataset) implements Placed {}

  /** An event tracker. */
  record EventTrackerEntry(AccountId account, long place, KeptEventTracker tracker)
      implements Placed {}

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
