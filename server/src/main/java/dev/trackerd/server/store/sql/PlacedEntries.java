package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreContents.Reader;
import dev.trackerd.server.store.StoreEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the tables have in common whose rows have a place.
 *
 * @param <E> the kind of their entries
 */
final class PlacedEntries<E extends StoreEntry.Placed> implements EntryTable.OfAccounts<E> {

  /** What differs from table to table. */
  interface Columns<E extends StoreEntry.Placed> {
    /** The kind of the entries. */
    Class<E> kind();

    /** What one is called. */
    String noun();

    /** A query for an account, a place, and the number of rows to follow it in order. */
    String list();

    /** Reads a row of {@link #list}. */
    E read(AccountId account, ResultSet row) throws SQLException;

    /** Adds a row unless one of the same key, place or group is there; whether it did. */
    boolean insert(Session session, E entry) throws SQLException;

    /** Why there is no such row and none can be added; empty if its place is taken. */
    Optional<Addition> obstacle(Session session, E entry) throws SQLException;
  }

  /** Adding a row without it could give a place of others away a second time. */
  private static final String RAISE_MARK =
      """
      INSERT INTO place (account_id, last) VALUES (?, ?)
      ON CONFLICT (account_id) DO UPDATE SET last = excluded.last WHERE excluded.last > place.last
      """;

  private final Columns<E> columns;

  PlacedEntries(Columns<E> columns) {
    this.columns = columns;
  }

  /** Makes sure that places up to this one are not given away any more; whether they were. */
  static boolean raiseMark(Session session, AccountId account, long place) throws SQLException {
    return session.update(RAISE_MARK, account.value(), place) == 1;
  }

  @Override
  public Class<E> kind() {
    return columns.kind();
  }

  @Override
  public void read(Session session, AccountId account, Reader reader) throws SQLException {
    long after = 0;
    long last;
    do {
      last = after;
      after =
          session.query(
              columns.list(), rows -> hand(rows, account, reader), account.value(), last, ROWS);
    } while (after > last);
  }

  /** Returns the place of the last row; 0 if there is none. */
  private long hand(ResultSet rows, AccountId account, Reader reader) throws SQLException {
    long last = 0;
    while (rows.next()) {
      last = rows.getLong("place");
      E entry;
      try {
        entry = columns.read(account, rows);
      } catch (IllegalStateException e) {
        String what = columns.noun() + " at place " + last + ": " + e.getMessage();
        reader.damaged(EntryTable.damage(account, what));
        continue;
      }
      reader.entry(entry);
    }
    return last;
  }

  @Override
  public List<Addition> add(Session session, List<E> entries) throws SQLException {
    List<Addition> additions = new ArrayList<>(entries.size());
    for (E entry : entries) {
      // First of all, so that who draws a place now waits for this transaction.
      raiseMark(session, entry.account(), entry.place());
      additions.add(
          columns.insert(session, entry)
              ? Addition.ADDED
              : columns.obstacle(session, entry).orElse(Addition.PLACE_TAKEN));
    }
    return additions;
  }
}
