package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreContents.Reader;
import dev.trackerd.server.store.StoreEntry.Marks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The marks of an account. They only grow: adding lower ones changes nothing. */
final class MarkEntries implements EntryTable.OfAccounts<Marks> {
  private static final String GET =
      """
      SELECT (SELECT id FROM tracker_mark WHERE account_id = ?),
             (SELECT last FROM place WHERE account_id = ?)
      """;

  private static final String RAISE_TRACKER_ID =
      """
      INSERT INTO tracker_mark (account_id, id) VALUES (?, ?)
      ON CONFLICT (account_id) DO UPDATE SET id = excluded.id WHERE excluded.id > tracker_mark.id
      """;

  @Override
  public Class<Marks> kind() {
    return Marks.class;
  }

  @Override
  public void read(Session session, AccountId account, Reader reader) throws SQLException {
    Marks marks =
        session
            .first(GET, row -> marks(account, row), account.value(), account.value())
            .orElseThrow();
    if (marks.trackerId().isPresent() || marks.place().isPresent()) {
      reader.entry(marks);
    }
  }

  private static Marks marks(AccountId account, ResultSet row) throws SQLException {
    return new Marks(account, number(row, 1), number(row, 2));
  }

  private static OptionalLong number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  @Override
  public List<Addition> add(Session session, List<Marks> entries) throws SQLException {
    List<Addition> additions = new ArrayList<>(entries.size());
    for (Marks marks : entries) {
      additions.add(raise(session, marks) ? Addition.ADDED : Addition.PRESENT);
    }
    return additions;
  }

  private static boolean raise(Session session, Marks marks) throws SQLException {
    boolean raised = false;
    if (marks.trackerId().isPresent()) {
      long id = marks.trackerId().getAsLong();
      raised = session.update(RAISE_TRACKER_ID, marks.account().value(), id) == 1;
    }
    if (marks.place().isPresent()) {
      raised |= PlacedEntries.raiseMark(session, marks.account(), marks.place().getAsLong());
    }
    return raised;
  }
}
