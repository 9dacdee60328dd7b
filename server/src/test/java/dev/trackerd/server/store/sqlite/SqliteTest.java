package dev.trackerd.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.sql.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "journal_mode, wal",
    "synchronous, 2",
    "busy_timeout, 2000",
    "mmap_size, 0",
    "foreign_keys, 1",
    "trusted_schema, 0",
    "cell_size_check, 1",
    "wal_autocheckpoint, 1000",
    "journal_size_limit, 67108864"
  })
  void sessions_areSetUpForSafety(String pragma, String value) throws SQLException {
    try (Session writer = Sqlite.writer(directory.resolve("x.db"));
        Session reader = Sqlite.reader(directory.resolve("x.db"))) {
      assertThat(writer.first("PRAGMA " + pragma, row -> row.getString(1))).contains(value);
      assertThat(reader.first("PRAGMA " + pragma, row -> row.getString(1))).contains(value);
    }
  }

  @Test
  void writer_hasRoomForTheLargestTrackers() throws SQLException {
    try (Session writer = Sqlite.writer(directory.resolve("x.db"))) {
      assertThat(writer.first("PRAGMA cache_size", row -> row.getInt(1))).contains(-16384);
    }
  }

  @Test
  void reader_changesNothing() throws SQLException {
    try (Session writer = Sqlite.writer(directory.resolve("x.db"));
        Session reader = Sqlite.reader(directory.resolve("x.db"))) {
      writer.script("CREATE TABLE thing (name TEXT)");
      assertThatThrownBy(() -> reader.update("INSERT INTO thing (name) VALUES ('a')"))
          .isInstanceOf(SQLException.class);
      assertThat(writer.update("INSERT INTO thing (name) VALUES ('a')")).isEqualTo(1);
    }
  }

  @Test
  void sqlite_isNewEnough() throws SQLException {
    // Up to 3.51.2 a checkpoint could corrupt a database in WAL mode (sqlite.org/wal.html).
    try (Session session = Sqlite.writer(directory.resolve("x.db"))) {
      String version =
          session.first("SELECT sqlite_version()", row -> row.getString(1)).orElseThrow();
      assertThat(Runtime.Version.parse(version))
          .isGreaterThanOrEqualTo(Runtime.Version.parse("3.51.3"));
    }
  }
}
