package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Puts new trackers into their table, under ids of their own. Thread-safe. */
final class TrackerInserts {
  private final TrackerIds ids;

  TrackerInserts(TrackerIds ids) {
    this.ids = ids;
  }

  /**
   * Inserts all rows, in their order under ascending ids, which are filled in.
   *
   * @param rows of one account, as {@link TrackerRows#toInsert} makes them
   * @throws StoreException ALREADY_EXISTS for the first whose name is taken, by another of them too
   */
  void all(Session session, List<Object[]> rows) throws SQLException {
    rows.forEach(row -> row[TrackerRows.ID] = ids.next());
    List<Object[]> rest = rows;
    while (!rest.isEmpty()) {
      int[] inserted = insert(session, rest);
      int first = firstRefused(session, rest, inserted);
      removeFrom(first, session, rest, inserted);
      renumber(rest.subList(first, rest.size()), refusedFrom(first, inserted));
      rest = rest.subList(first, rest.size());
    }
  }

  private static int[] insert(Session session, List<Object[]> rows) throws SQLException {
    return rows.size() == 1
        ? new int[] {session.update(TrackerSql.INSERT, rows.get(0))}
        : session.batch(TrackerSql.INSERT, rows);
  }

  /** The place of the first row whose id another process came before with; the size if none. */
  private static int firstRefused(Session session, List<Object[]> rows, int[] inserted)
      throws SQLException {
    int first = rows.size();
    for (int i = rows.size() - 1; i >= 0; i--) {
      first = inserted[i] == 0 ? i : first;
    }
    for (int i = first; i < rows.size(); i++) {
      if (inserted[i] == 0) {
        refuseTaken(session, rows.get(i));
      }
    }
    return first;
  }

  private static void refuseTaken(Session session, Object[] row) throws SQLException {
    Object account = row[TrackerRows.ACCOUNT];
    String name = (String) row[TrackerRows.NAME];
    if (session.first(TrackerSql.NAME_TAKEN, found -> true, account, name).isPresent()) {
      throw SqlTrackerStore.nameTaken(name);
    }
  }

  /** How many follow each other there that are refused. */
  private static int refusedFrom(int first, int[] inserted) {
    int end = first;
    while (end < inserted.length && inserted[end] == 0) {
      end++;
    }
    return end - first;
  }

  /** Passes over so many of the ids that the rows have. */
  private void renumber(List<Object[]> rows, int taken) {
    for (int i = 0; i < rows.size(); i++) {
      int next = i + taken;
      rows.get(i)[TrackerRows.ID] =
          next < rows.size() ? rows.get(next)[TrackerRows.ID] : (Object) ids.next();
    }
  }

  /** Takes out again those that follow a refused row: their ids have to follow its next one. */
  private static void removeFrom(int first, Session session, List<Object[]> rows, int[] inserted)
      throws SQLException {
    List<Object[]> keys = new ArrayList<>();
    for (int i = first; i < rows.size(); i++) {
      if (inserted[i] == 1) {
        Object[] row = rows.get(i);
        keys.add(new Object[] {row[TrackerRows.ACCOUNT], row[TrackerRows.ID]});
      }
    }
    if (!keys.isEmpty()) {
      session.batch(TrackerSql.DELETE, keys);
    }
  }
}
