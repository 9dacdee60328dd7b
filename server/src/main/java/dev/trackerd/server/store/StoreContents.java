package dev.trackerd.server.store;

import java.util.List;
import java.util.Optional;

/**
 * All that is kept, of all accounts, exactly as it is kept: for moving a store elsewhere and for
 * looking it through. Blocking and thread-safe; also while servers run on the same database.
 *
 * <p>Every method throws {@link StoreException} with {@link StoreException.Reason#UNAVAILABLE} when
 * the database can't be reached, fails, or the store is closed.
 */
public interface StoreContents {

  /**
   * Which entries.
   *
   * @param account those of one account; empty for all
   * @param keys whether API keys are among them
   */
  record Scope(Optional<AccountId> account, boolean keys) {
    /** Everything there is. */
    public static final Scope ALL = new Scope(Optional.empty(), true);
  }

  /** Receives entries. What it throws ends the reading, and is thrown to who asked for it. */
  interface Reader {

    /** Called first: how many trackers will follow. */
    void expect(long trackers);

    /** Called for each entry that is whole. */
    void entry(StoreEntry entry);

    /**
     * Called for each entry that is not what was written.
     *
     * @param what names it and says what is wrong; no phrase, no secret
     */
    void damaged(String what);
  }

  /**
   * Hands over all entries of one state of the store, in memory for about {@link
   * TrackerStore#PAGE_BYTES} at a time: account by account, ascending; of each its marks if it has
   * any, dataset groups, datasets and event trackers by place, trackers by id; at last the keys by
   * id.
   *
   * <p>As long as it runs, the database keeps what other changes replace: a receiver should not
   * stand still.
   */
  void read(Scope scope, Reader reader);

  /** What became of an entry that was to be added. */
  enum Addition {
    /** It was added. */
    ADDED,
    /** The same is there already. */
    PRESENT,
    /** Another content is there under its id or name, and stays. */
    DIFFERENT,
    /** Another tracker of the account has its name; another event tracker has its dataset group. */
    NAME_TAKEN,
    /** Another thing of the account has its place. */
    PLACE_TAKEN,
    /** Its dataset group is not there. */
    NO_GROUP
  }

  /**
   * Adds entries under the ids, versions, places and times that they have, in one transaction; what
   * is there stays as it is. Limits of accounts do not apply.
   *
   * @param entries in an order that puts a dataset group before what belongs to it; small enough to
   *     hold up other changes for their time
   * @return what became of each, in their order
   */
  List<Addition> add(List<StoreEntry> entries);

  /** Returns the proof of the master key that seals the keys' secrets; empty before the first. */
  Optional<byte[]> masterKeyProof();

  /**
   * Has the database look through its own structure, which may take as long as reading all of it.
   *
   * @return what is wrong, one line each; empty if nothing is
   */
  List<String> faults();
}
