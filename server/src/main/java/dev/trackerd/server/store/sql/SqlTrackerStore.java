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
import java.util.function.UnaryOperator;

/** Trackers in a table. */
final class SqlTrackerStore implements TrackerStore {
  /** Each miss means that another process changed the tracker between a read and a write. */
  private static final int MAX_TRIES = 10;

  private final TrackerTurns turns = new TrackerTurns();
  private final Transactions transactions;
  private final TrackerIds ids;
  private final int maxPerAccount;

  SqlTrackerStore(Transactions transactions, TrackerIds ids, int maxPerAccount) {
    this.transactions = transactions;
    this.ids = ids;
    this.maxPerAccount = maxPerAccount;
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
    return transactions.write(
        session -> {
          checkRoom(session, account, contents.size());
          List<StoredTracker> created = new ArrayList<>(contents.size());
          for (int i = 0; i < rows.size(); i++) {
            TrackerContent content = contents.get(i);
            created.add(
                new StoredTracker(insert(session, rows.get(i), content.name()), 1, content));
          }
          return List.copyOf(created);
        });
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
                TrackerSql.LIST, rows -> page(rows, limit), account.value(), afterId, limit + 1L));
  }

  @Override
  public Optional<StoredTracker> cached(AccountId account, long id) {
    return Optional.empty();
  }

  @Override
  public StoredTracker update(AccountId account, long id, UnaryOperator<TrackerContent> change) {
    TrackerKey key = new TrackerKey(account, id);
    return turns.take(key, () -> change(key, change));
  }

  private StoredTracker change(TrackerKey key, UnaryOperator<TrackerContent> change) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      StoredTracker read = get(key.account(), key.id());
      TrackerContent content = change.apply(read.content());
      if (replace(key, read, content)) {
        return new StoredTracker(key.id(), read.version() + 1, content);
      }
      // Another process was first.
    }
    throw new StoreException(Reason.BUSY, Thing.TRACKER, Long.toString(key.id()));
  }

  /** Returns whether the tracker was still the one that was read. */
  private boolean replace(TrackerKey key, StoredTracker read, TrackerContent content) {
    Object[] row = TrackerRows.toUpdate(key.account(), read, content);
    return transactions.change(
        key,
        session -> {
          try {
            return session.update(TrackerSql.UPDATE, row) == 1;
          } catch (SQLException e) {
            if (transactions.isDuplicate(e)) {
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
    long present =
        session.first(TrackerSql.COUNT, row -> row.getLong(1), account.value()).orElseThrow();
    if (present + wanted > maxPerAccount) {
      throw StoreException.limit(Thing.TRACKER, maxPerAccount);
    }
  }

  private long insert(Session session, Object[] row, String name) throws SQLException {
    while (true) {
      long id = ids.next();
      row[TrackerRows.ID] = id;
      if (session.update(TrackerSql.INSERT, row) == 1) {
        return id;
      }
      if (session.first(TrackerSql.NAME_TAKEN, found -> true, row[0], name).isPresent()) {
        throw nameTaken(name);
      }
      // Then it was the id.
    }
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

  private static StoreException nameTaken(String name) {
    return new StoreException(Reason.ALREADY_EXISTS, Thing.TRACKER, name);
  }
}
