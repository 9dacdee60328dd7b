package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerPage;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.TrackerKey;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers from copies where there are any, and makes some of what is read by id. */
final class CachedTrackerStore implements TrackerStore {
  private final TrackerStore rows;
  private final RowCopies copies;

  CachedTrackerStore(TrackerStore rows, RowCopies copies) {
    this.rows = rows;
    this.copies = copies;
  }

  @Override
  public StoredTracker get(AccountId account, long id) {
    TrackerKey key = new TrackerKey(account, id);
    Optional<StoredTracker> copy = copies.find(key);
    if (copy.isPresent()) {
      return copy.get();
    }
    long ticket = copies.ticket(key);
    StoredTracker row = rows.get(account, id);
    copies.keep(key, row, ticket);
    return row;
  }

  @Override
  public Optional<StoredTracker> cached(AccountId account, long id) {
    return copies.find(new TrackerKey(account, id));
  }

  @Override
  public StoredTracker create(
      AccountId account, TrackerContent content, Idempotency<StoredTracker> idempotency) {
    return rows.create(account, content, idempotency);
  }

  @Override
  public List<StoredTracker> createAll(
      AccountId account,
      List<TrackerContent> contents,
      Idempotency<List<StoredTracker>> idempotency) {
    return rows.createAll(account, contents, idempotency);
  }

  @Override
  public Optional<StoredTracker> findByName(AccountId account, String name) {
    return rows.findByName(account, name);
  }

  @Override
  public TrackerPage list(AccountId account, long afterId, int limit) {
    return rows.list(account, afterId, limit);
  }

  @Override
  public StoredTracker update(
      AccountId account,
      long id,
      UnaryOperator<TrackerContent> change,
      Idempotency<StoredTracker> idempotency) {
    return rows.update(account, id, change, idempotency);
  }

  @Override
  public void delete(AccountId account, long id) {
    rows.delete(account, id);
  }
}
