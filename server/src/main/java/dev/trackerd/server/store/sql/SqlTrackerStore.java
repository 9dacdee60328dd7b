package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerPage;
import dev.trackerd.server.store.TrackerStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Trackers in a table. */
final class SqlTrackerStore implements TrackerStore {
  /** Each miss means that another process changed the tracker between a read and a write. */
  private static final int MAX_TRIES = 10;

  private final TrackerTurns turns = new TrackerTurns();
  private final Transactions transactions;
  private final TrackerInserts inserts;
  private final SqlIdempotencyStore keys;
  private final WriteGate gate;
  private final int maxWrites;
  private final int maxPerAccount;

  SqlTrackerStore(
      Transactions transactions, TrackerIds ids, SqlIdempotencyStore keys, StoreConfig config) {
    this.transactions = transactions;
    this.keys = keys;
    this.inserts = new TrackerInserts(ids);
    this.maxWrites = config.maxConcurrentWritesPerAccount();
    this.gate = new WriteGate(maxWrites);
    this.maxPerAccount = config.maxTrackersPerAccount();
  }

  /**
   * A change as it is asked for.
   *
   * @param change see {@link TrackerStore#update}
   */
  private record Update(
      TrackerKey tracker,
      UnaryOperator<TrackerContent> change,
      Idempotency<StoredTracker> idempotency) {}

  @Override
  public StoredTracker create(
      AccountId account, TrackerContent content, Idempotency<StoredTracker> idempotency) {
    return createAll(account, List.of(content), idempotency.of(created -> created.get(0))).get(0);
  }

  @Override
  public List<StoredTracker> createAll(
      AccountId account,
      List<TrackerContent> contents,
      Idempotency<List<StoredTracker>> idempotency) {
    turns.refuseHolder();
    // Encoded here, by as many threads as there are callers, not by the one that writes.
    List<Object[]> rows =
        contents.stream().map(content -> TrackerRows.toInsert(account, content)).toList();
    Function<Transactions, List<StoredTracker>> creation =
        on ->
            on.write(
                keys.once(
                    account,
                    idempotency,
                    session -> {
                      checkRoom(on, session, account, rows.size());
                      inserts.all(session, rows);
                      return created(rows, contents);
                    }));
    return keys.claim(
        account, idempotency, () -> gate.run(account, () -> permitted(account, creation)));
  }

  @Override
  public StoredTracker get(AccountId account, long id) {
    return transactions.read(session -> get(session, account, id));
  }

  @Override
  public Optional<StoredTracker> findByName(AccountId account, String name) {
    return transactions.read(
        session ->
            session.first(TrackerSql.FIND_BY_NAME, TrackerRows::read, account.value(), name));
  }

  @Override
  public TrackerPage list(AccountId account, long afterId, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
    }
    return transactions.read(
        session ->
            // One more than asked for tells whether there are more.
            session.query(
                transactions.trackerPage(),
                rows -> page(rows, limit),
                account.value(),
                afterId,
                limit + 1L));
  }

  @Override
  public Optional<StoredTracker> cached(AccountId account, long id) {
    return Optional.empty();
  }

  @Override
  public StoredTracker update(
      AccountId account,
      long id,
      UnaryOperator<TrackerContent> change,
      Idempotency<StoredTracker> idempotency) {
    TrackerKey key = new TrackerKey(account, id);
    Update update = new Update(key, change, idempotency);
    turns.refuseHolder();
    return keys.claim(
        account, idempotency, () -> gate.run(account, () -> turns.take(key, () -> change(update))));
  }

  private StoredTracker change(Update update) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<StoredTracker> changed =
          permitted(update.tracker().account(), on -> tryToChange(on, update));
      if (changed.isPresent()) {
        return changed.get();
      }
      // Another process was first.
    }
    throw new StoreException(Reason.BUSY, Thing.TRACKER, Long.toString(update.tracker().id()));
  }

  /** Under a permit of all processes, if they are counted; that of this one is there already. */
  private <T> T permitted(AccountId account, Function<Transactions, T> action) {
    return maxWrites == 0
        ? action.apply(transactions)
        : transactions.exclusively(account, maxWrites, action);
  }

  private Optional<StoredTracker> tryToChange(Transactions on, Update update) {
    TrackerKey key = update.tracker();
    StoredTracker read =
        on.read(
            session -> {
              // Before the change is made anew: it may be one that can't be made twice.
              keys.begin(session, key.account(), update.idempotency());
              return get(session, key.account(), key.id());
            });
    TrackerContent content = update.change().apply(read.content());
    Object[] row = TrackerRows.toUpdate(key.account(), read, content);
    StoredTracker changed = new StoredTracker(key.id(), read.version() + 1, content);
    return on.change(key, session -> replace(session, update, row, changed));
  }

  /** Empty if the tracker was not the one any more that was read. */
  private Optional<StoredTracker> replace(
      Session session, Update update, Object[] row, StoredTracker changed) throws SQLException {
    AccountId account = update.tracker().account();
    keys.begin(session, account, update.idempotency());
    try {
      // With a key another statement follows.
      boolean last = update.idempotency().key().isEmpty();
      int rows =
          last ? session.last(TrackerSql.UPDATE, row) : session.update(TrackerSql.UPDATE, row);
      if (rows == 0) {
        return Optional.empty();
      }
    } catch (SQLException e) {
      if (transactions.isDuplicate(e)) {
        throw nameTaken(changed.content().name());
      }
      throw e;
    }
    keys.keep(session, account, update.idempotency(), changed);
    return Optional.of(changed);
  }

  @Override
  public void delete(AccountId account, long id) {
    turns.refuseHolder();
    transactions.change(
        new TrackerKey(account, id),
        session -> {
          String owner = account.value();
          if (session.update(TrackerSql.DELETE, owner, id) == 0) {
            throw notFound(id);
          }
          return session.update(TrackerSql.MARK, owner, id, owner, id);
        });
  }

  private void checkRoom(Transactions on, Session session, AccountId account, int wanted)
      throws SQLException {
    if (maxPerAccount == 0) {
      return;
    }
    on.serialize(session, account);
    long present =
        session.first(TrackerSql.COUNT, row -> row.getLong(1), account.value()).orElseThrow();
    if (present + wanted > maxPerAccount) {
      throw StoreException.limit(Thing.TRACKER, maxPerAccount);
    }
  }

  private static List<StoredTracker> created(List<Object[]> rows, List<TrackerContent> contents) {
    List<StoredTracker> created = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      created.add(new StoredTracker((Long) rows.get(i)[TrackerRows.ID], 1, contents.get(i)));
    }
    return List.copyOf(created);
  }

  private static StoredTracker get(Session session, AccountId account, long id)
      throws SQLException {
    return session
        .first(TrackerSql.GET, TrackerRows::read, account.value(), id)
        .orElseThrow(() -> notFound(id));
  }

  private static TrackerPage page(ResultSet rows, int limit) throws SQLException {
    List<StoredTracker> trackers = new ArrayList<>();
    long bytes = 0;
    while (rows.next()) {
      bytes += TrackerRows.length(rows);
      if (trackers.size() == limit || (bytes > PAGE_BYTES && !trackers.isEmpty())) {
        return new TrackerPage(trackers, true);
      }
      trackers.add(TrackerRows.read(rows));
    }
    return new TrackerPage(trackers, false);
  }

  private static StoreException notFound(long id) {
    return new StoreException(Reason.NOT_FOUND, Thing.TRACKER, Long.toString(id));
  }

  static StoreException nameTaken(String name) {
    return new StoreException(Reason.ALREADY_EXISTS, Thing.TRACKER, name);
  }
}
