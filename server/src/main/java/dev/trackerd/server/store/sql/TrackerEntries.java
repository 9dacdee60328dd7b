package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.TrackerStore.PAGE_BYTES;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreContents.Reader;
import dev.trackerd.server.store.StoreEntry.TrackerEntry;
import dev.trackerd.server.store.StoredTracker;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All trackers of an account. */
final class TrackerEntries implements EntryTable.OfAccounts<TrackerEntry> {
  /** No message is read for it: neither engine looks into one for its length. */
  private static final String SIZES =
      """
      SELECT id, octet_length(message)
      FROM tracker
      WHERE account_id = ? AND id > ?
      ORDER BY id
      LIMIT ?
      """;

  private static final String ROWS_UP_TO =
      """
      SELECT id, version, name, checksum, message
      FROM tracker
      WHERE account_id = ? AND id > ? AND id <= ?
      ORDER BY id
      """;

  @Override
  public Class<TrackerEntry> kind() {
    return TrackerEntry.class;
  }

  @Override
  public void read(Session session, AccountId account, Reader reader) throws SQLException {
    long after = 0;
    for (long upTo = pageEnd(session, account, after);
        upTo > after;
        upTo = pageEnd(session, account, after)) {
      session.query(ROWS_UP_TO, rows -> hand(rows, account, reader), account.value(), after, upTo);
      after = upTo;
    }
  }

  /** The id of the last tracker that is read together with the next; {@code after} for none. */
  private static long pageEnd(Session session, AccountId account, long after) throws SQLException {
    return session.query(
        SIZES,
        rows -> {
          long end = after;
          for (long bytes = 0; bytes < PAGE_BYTES && rows.next(); bytes += rows.getLong(2)) {
            end = rows.getLong(1);
          }
          return end;
        },
        account.value(),
        after,
        ROWS);
  }

  private static int hand(ResultSet rows, AccountId account, Reader reader) throws SQLException {
    int read = 0;
    for (; rows.next(); read++) {
      Optional<StoredTracker> tracker = TrackerRows.intact(rows);
      if (tracker.isPresent()) {
        reader.entry(new TrackerEntry(account, tracker.get()));
      } else {
        String what = "tracker " + rows.getLong(1) + ": its checksum is wrong";
        reader.damaged(EntryTable.damage(account, what));
      }
    }
    return read;
  }

  @Override
  public List<Addition> add(Session session, List<TrackerEntry> entries) throws SQLException {
    List<Object[]> rows =
        entries.stream()
            .map(entry -> TrackerRows.toInsert(entry.account(), entry.tracker()))
            .toList();
    int[] added = session.batch(TrackerSql.INSERT, rows);
    List<Addition> additions = new ArrayList<>(entries.size());
    for (int i = 0; i < added.length; i++) {
      additions.add(added[i] == 1 ? Addition.ADDED : present(session, entries.get(i)));
    }
    return additions;
  }

  private static Addition present(Session session, TrackerEntry entry) throws SQLException {
    Optional<StoredTracker> there =
        session.first(
            TrackerSql.GET, TrackerRows::read, entry.account().value(), entry.tracker().id());
    return there.map(same -> EntryTable.compare(same, entry.tracker())).orElse(Addition.NAME_TAKEN);
  }
}
