package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.CredentialStore;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.IdempotencyStore;
import dev.trackerd.server.store.StoreContents;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TagStore;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.WriterLoad;

/**
 * All stores over the tables of one database, whichever engine keeps it. Several processes may have
 * the same database open.
 */
public final class SqlStores implements Stores {
  private final Transactions transactions;
  private final TrackerStore trackers;
  private final EventTrackerStore eventTrackers;
  private final TagStore tags;
  private final CredentialStore credentials;
  private final SqlIdempotencyStore idempotency;
  private final StoreContents contents;

  private SqlStores(Transactions transactions, StoreConfig config) {
    this.transactions = transactions;
    // Takes longer than a call may where there are many accounts.
    long last =
        transactions.snapshot(
            session -> session.first(TrackerSql.GREATEST_ID, row -> row.getLong(1)).orElse(0L));
    TrackerIds ids = new TrackerIds(config.clock(), config.random(), last);
    this.idempotency = new SqlIdempotencyStore(transactions, config.clock());
    this.trackers = new SqlTrackerStore(transactions, ids, idempotency, config);
    this.eventTrackers = new SqlEventTrackerStore(transactions, idempotency, config);
    this.tags = new SqlTagStore(transactions, config.clock());
    this.credentials = new SqlCredentialStore(transactions);
    this.contents = new SqlStoreContents(transactions);
  }

  /**
   * Takes over a database, which is closed with the stores, also if this fails.
   *
   * @throws StoreException UNAVAILABLE if the database can't be read
   */
  public static SqlStores over(Transactions transactions, StoreConfig config) {
    try {
      return new SqlStores(transactions, config);
    } catch (RuntimeException | Error e) {
      transactions.close();
      throw e;
    }
  }

  @Override
  public TrackerStore trackers() {
    return trackers;
  }

  @Override
  public EventTrackerStore eventTrackers() {
    return eventTrackers;
  }

  @Override
  public TagStore tags() {
    return tags;
  }

  @Override
  public CredentialStore credentials() {
    return credentials;
  }

  @Override
  public IdempotencyStore idempotency() {
    return idempotency;
  }

  @Override
  public StoreContents contents() {
    return contents;
  }

  @Override
  public WriterLoad load() {
    return transactions.load();
  }

  @Override
  public void check() {
    transactions.check();
  }

  @Override
  public void close() {
    transactions.close();
  }
}
