package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreContents.Reader;
import dev.trackerd.server.store.StoreContents.Scope;
import dev.trackerd.server.store.StoreEntry.KeyEntry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All API keys, whichever accounts own them. */
final class KeyEntries implements EntryTable<KeyEntry> {
  private static final String LIST =
      """
      SELECT id, account_id, sealed_secret, created_at, revoked_at
      FROM api_key
      WHERE id > ? AND (account_id = ? OR ? = '')
      ORDER BY id
      LIMIT ?
      """;

  @Override
  public Class<KeyEntry> kind() {
    return KeyEntry.class;
  }

  /** Hands over all keys of a scope by their ids. */
  static void read(Session session, Scope scope, Reader reader) throws SQLException {
    String owner = scope.account().map(Object::toString).orElse("");
    List<ApiKey> keys;
    String after = "";
    do {
      keys = session.all(LIST, SqlCredentialStore::key, after, owner, owner, ROWS);
      for (ApiKey key : keys) {
        reader.entry(new KeyEntry(key));
        after = key.id();
      }
    } while (!keys.isEmpty());
  }

  @Override
  public List<Addition> add(Session session, List<KeyEntry> entries) throws SQLException {
    List<Addition> additions = new ArrayList<>(entries.size());
    for (KeyEntry entry : entries) {
      boolean added =
          session.update(CredentialSql.INSERT, SqlCredentialStore.row(entry.key())) == 1;
      additions.add(added ? Addition.ADDED : present(session, entry.key()));
    }
    return additions;
  }

  private static Addition present(Session session, ApiKey key) throws SQLException {
    ApiKey there =
        session.first(CredentialSql.FIND, SqlCredentialStore::key, key.id()).orElseThrow();
    return EntryTable.compare(there, key);
  }
}
