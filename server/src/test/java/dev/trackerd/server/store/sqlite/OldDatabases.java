package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.sql.Migrations;
import dev.trackerd.server.store.sql.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Databases as earlier programs left them. */
final class OldDatabases {
  private OldDatabases() {}

  /** Makes an empty database of a version, which is that of the last script it has seen. */
  static Session make(Path directory, int version) throws SQLException {
    Session session = Sqlite.writer(directory.resolve("trackerd.db"));
    List<Migrations.Step> steps = new ArrayList<>();
    for (int i = 1; i <= version; i++) {
      steps.add(Migrations.script(SqliteTransactions.class, i + ".sql"));
    }
    Migrations.run(session, steps);
    return session;
  }

  /** Adds a tracker in the form of the first two versions, a column for each field. */
  static void add(Session session, AccountId account, long id, String name, String vocabulary)
      throws SQLException {
    session.update(
        "INSERT INTO tracker (account_id, id, name, vocabulary) VALUES (?, ?, ?, ?)",
        account.value(),
        id,
        name,
        vocabulary);
  }

  static int version(Session session) throws SQLException {
    return session.first("SELECT version FROM schema_version", row -> row.getInt(1)).orElseThrow();
  }
}
