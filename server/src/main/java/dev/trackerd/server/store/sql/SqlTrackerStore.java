package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
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
  private final WriteGate gate;
  private final int maxWrites;
  private final int maxPerAccount;

  SqlTrackerStore(Transactions transactions, TrackerIds ids, StoreConfig config) {
    this.transactions = transactions;
    this.inserts = new TrackerInserts(ids);
    this.maxWrites = config.maxConcurrentWritesPerAccount();
    this.gate = new WriteGate(maxWrites);
    this.maxPerAccount = config.maxTrackersPerAccount();
  }

  @Override
  public StoredTracker create(AccountId account, TrackerContent content) {
    return createAll(account, List.of(content)).get(0);
  }

  @Override
  public List<StoredTracker> createAll(AccountId account, List<TrackerContent> contents) {
    turns.refuseHolder();
    // Encoded here, by as many threads as there are callers, not by the one that writes.
    List<Object[]> rows =
        contents.stream().map(content -> TrackerRows.toInsert(account, content)).toList();
    Work<List<StoredTracker>> work =
        session -> {
          checkRoom(session, account, rows.size());
          inserts.all(session, rows);
          return created(rows, contents);
        };
    return gate.run(account, () -> permitted(account, on -> on.write(work)));
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
  public StoredTracker update(AccountId account, long id, UnaryOperator<TrackerContent> change) {
    TrackerKey key = new TrackerKey(account, id);
    turns.refuseHolder();
    return gate.run(account, () -> turns.take(key, () -> change(key, change)));
  }

  private StoredTracker change(TrackerKey key, UnaryOperator<TrackerContent> change) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<StoredTracker> changed =
          permitted(key.account(), on -> tryToChange(on, key, change));
      if (changed.isPresent()) {
        return changed.get();
      }
      // Another process was first.
    }
    throw new StoreException(Reason.BUSY, Thing.TRACKER, Long.toString(key.id()));
  }

  /** Under a permit of all processes, if they are counted; that of this one is there already. */
  private <T> T permitted(AccountId account, Function<Transactions, T> action) {
    return maxWrites == 0
        ? action.apply(transactions)
        : transactions.exclusively(account, maxWrites, action);
  }

  private static Optional<StoredTracker> tryToChange(
      Transactions on, TrackerKey key, UnaryOperator<TrackerContent> change) {
    StoredTracker read = on.read(session -> get(session, key.account(), key.id()));
    TrackerContent content = change.apply(read.content());
    return replace(on, key, read, content)
        ? Optional.of(new StoredTracker(key.id(), read.version() + 1, content))
        : Optional.empty();
  }

  /** Returns whether the tracker was still the one that was read. */
  private static boolean replace(
      Transactions on, TrackerKey key, StoredTracker read, TrackerContent content) {
    Object[] row = TrackerRows.toUpdate(key.account(), read, content);
    return on.change(
        key,
        session -> {
          try {
            return session.last(TrackerSql.UPDATE, row) == 1;
          } catch (SQLException e) {
            if (on.isDuplicate(e)) {
              throw nameTaken(content.name());
            }
            throw e;
          }
        });
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

  private void checkRoom(Session session, AccountId account, int wanted) throws SQLException {
    if (maxPerAccount == 0) {
      return;
    }
    transactions.serialize(session, account);
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
