package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** How to open a SQLite database so that what it acknowledges is there for good. */
final class Sqlite {
  /** The value to set, and to read back: SQLite ignores what it doesn't know or can't do. */
  private static final Map<String, String> PRAGMAS = pragmas();

  /**
   * KiB, as a negative number. What a transaction changes beyond it is written to the log before
   * the commit, and again with it: several of the largest trackers should fit.
   */
  private static final String WRITER_CACHE = "-16384";

  private Sqlite() {}

  /** Opens a session that changes the database. */
  static Session writer(Path file) throws SQLException {
    Session session = open(file, "0");
    try {
      set(session, "cache_size", WRITER_CACHE);
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Opens a session that can't change the database. */
  static Session reader(Path file) throws SQLException {
    return open(file, "1");
  }

  /**
   * Opens a session that can't change the database, and puts no other files beside it. For one that
   * nobody else has open.
   */
  static Session copy(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    Session session = new Session(connect(file, config.toProperties()));
    try {
      set(session, "cell_size_check", "1");
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** What SQLite finds wrong with a database when it looks all of it through, one line each. */
  static List<String> faults(Session session) throws SQLException {
    return session.all("PRAGMA integrity_check", row -> row.getString(1)).stream()
        .filter(line -> !line.equals("ok"))
        .toList();
  }

  private static Session open(Path file, String queryOnly) throws SQLException {
    Session session = new Session(connect(file, new Properties()));
    try {
      for (Map.Entry<String, String> pragma : PRAGMAS.entrySet()) {
        set(session, pragma.getKey(), pragma.getValue());
      }
      set(session, "query_only", queryOnly);
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static Connection connect(Path file, Properties properties) throws SQLException {
    // Not through DriverManager, which looks for all drivers there are first.
    return JDBC.createConnection(JDBC.PREFIX + file.toAbsolutePath(), properties);
  }

  private static void set(Session session, String pragma, String value) throws SQLException {
    session.script("PRAGMA " + pragma + " = " + value);
    String now = session.first("PRAGMA " + pragma, row -> row.getString(1)).orElse("nothing");
    if (!now.equals(value)) {
      throw StoreException.unavailable(
          "SQLite keeps " + pragma + " at " + now + " (expected: " + value + ")");
    }
  }

  private static Map<String, String> pragmas() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("busy_timeout", "2000"); // milliseconds; another process may be writing
    values.put("journal_mode", "wal");
    values.put("synchronous", "2"); // FULL: NORMAL loses commits on power loss in WAL mode
    values.put("mmap_size", "0"); // with it an I/O error is a SIGBUS that ends the JVM
    values.put("foreign_keys", "1");
    values.put("trusted_schema", "0");
    values.put("cell_size_check", "1");
    values.put("wal_autocheckpoint", "1000"); // pages
    values.put("journal_size_limit", String.valueOf(64 << 20));
    return values;
  }
}
