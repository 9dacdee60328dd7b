package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings a database's tables up to what this program expects. The scripts are numbered from 1 and
 * never change once released; a database knows the number of the last one it has seen.
 */
final class Schema {
  /** In order. */
  private static final List<String> SCRIPTS = List.of("sqlite-1.sql", "sqlite-2.sql");

  private Schema() {}

  /**
   * Runs the scripts that the database has not seen, all or none.
   *
   * @throws StoreException UNAVAILABLE if the database comes from a newer program
   */
  static void migrate(Session session) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
    try {
      int version = version(session);
      for (String script : SCRIPTS.subList(version, SCRIPTS.size())) {
        session.script(text(script));
      }
      if (version < SCRIPTS.size()) {
        session.update("UPDATE schema_version SET version = ?", SCRIPTS.size());
      }
      session.execute("COMMIT");
    } catch (SQLException | RuntimeException e) {
      session.execute("ROLLBACK");
      throw e;
    }
  }

  private static int version(Session session) throws SQLException {
    session.script("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
    session.update(
        """
        INSERT INTO schema_version (version)
        SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM schema_version)
        """);
    int version =
        session.first("SELECT version FROM schema_version", row -> row.getInt(1)).orElseThrow();
    if (version > SCRIPTS.size()) {
      throw new StoreException(
          Reason.UNAVAILABLE,
          "the database was written by a newer trackerd: its schema is version "
              + version
              + ", this program knows up to "
              + SCRIPTS.size());
    }
    return version;
  }

  private static String text(String script) {
    try (InputStream in = Schema.class.getResourceAsStream(script)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
