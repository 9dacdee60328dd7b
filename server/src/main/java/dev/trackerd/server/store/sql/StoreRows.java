package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreContents.Reader;
import dev.trackerd.server.store.StoreContents.Scope;
import dev.trackerd.server.store.StoreEntry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of all tables, in a transaction that the caller begins and ends. */
public final class StoreRows {
  /** In the order in which they are read. */
  private static final List<EntryTable.OfAccounts<?>> OF_ACCOUNTS =
      List.of(
          new MarkEntries(),
          new PlacedEntries<>(new DatasetGroupEntries()),
          new PlacedEntries<>(new DatasetEntries()),
          new PlacedEntries<>(new EventTrackerEntries()),
          new TrackerEntries());

  private static final Map<Class<?>, EntryTable<?>> BY_KIND =
      Stream.concat(OF_ACCOUNTS.stream(), Stream.of(new KeyEntries()))
          .collect(Collectors.toMap(EntryTable::kind, Function.identity()));

  private static final String COUNT = "SELECT count(*) FROM tracker WHERE account_id = ? OR ? = ''";

  /** Steps from account to account in the indexes, instead of through all rows. */
  private static final String NEXT_ACCOUNT =
      """
      SELECT min(account_id) FROM (
        SELECT min(account_id) AS account_id FROM tracker WHERE account_id > ?
        UNION ALL
        SELECT min(account_id) FROM tracker_mark WHERE account_id > ?
        UNION ALL
        SELECT min(account_id) FROM place WHERE account_id > ?
        UNION ALL
        SELECT min(account_id) FROM dataset_group WHERE account_id > ?
      ) AS next
      """;

  private StoreRows() {}

  /** Does what {@link dev.trackerd.server.store.StoreContents#read} promises. */
  public static void read(Session session, Scope scope, Reader reader) throws SQLException {
    String only = scope.account().map(AccountId::value).orElse("");
    reader.expect(session.first(COUNT, row -> row.getLong(1), only, only).orElseThrow());
    if (scope.account().isPresent()) {
      readAccount(session, scope.account().get(), reader);
    } else {
      readAccounts(session, reader);
    }
    if (scope.keys()) {
      KeyEntries.read(session, scope, reader);
    }
  }

  private static void readAccounts(Session session, Reader reader) throws SQLException {
    String next = next(session, "");
    while (next != null) {
      AccountId account = null;
      try {
        account = new AccountId(next);
      } catch (IllegalArgumentException e) {
        reader.damaged(e.getMessage());
      }
      if (account != null) {
        readAccount(session, account, reader);
      }
      next = next(session, next);
    }
  }

  private static void readAccount(Session session, AccountId account, Reader reader)
      throws SQLException {
    for (EntryTable.OfAccounts<?> table : OF_ACCOUNTS) {
      table.read(session, account, reader);
    }
  }

  private static String next(Session session, String after) throws SQLException {
    return session
        .first(NEXT_ACCOUNT, row -> row.getString(1), after, after, after, after)
        .orElse(null);
  }

  /** Does what {@link dev.trackerd.server.store.StoreContents#add} promises. */
  static List<Addition> add(Session session, List<StoreEntry> entries) throws SQLException {
    List<Addition> additions = new ArrayList<>(entries.size());
    int from = 0;
    while (from < entries.size()) {
      EntryTable<?> table = BY_KIND.get(entries.get(from).getClass());
      int to = from;
      while (to < entries.size() && table.kind().isInstance(entries.get(to))) {
        to++;
      }
      additions.addAll(add(session, table, entries.subList(from, to)));
      from = to;
    }
    return additions;
  }

  private static <E extends StoreEntry> List<Addition> add(
      Session session, EntryTable<E> table, List<StoreEntry> entries) throws SQLException {
    return table.add(session, entries.stream().map(table.kind()::cast).toList());
  }
}
