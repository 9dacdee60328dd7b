package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Migrations;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.TextLists;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/**
 * The third step: a tracker's texts and lists, which had a column each, become the one serialized
 * message that is served. It goes row by row, so that its memory is that of the largest tracker.
 *
 * <p>Like a script it never changes: it writes the wire form itself, with the field numbers that
 * {@code tracker.v1.Tracker} had at its time (protobuf.dev/programming-guides/encoding).
 */
final class TrackerMessages implements Migrations.Step {
  private static final int NAME = 2;
  private static final int VOCABULARY = 3;
  private static final int DESCRIPTION = 4;
  private static final int CATEGORIES = 5;
  private static final int LANGUAGES = 6;
  private static final int EXCLUDE_VOCABULARY = 7;

  private static final int LENGTH_DELIMITED = 2;

  private static final String CREATE =
      """
      CREATE TABLE tracker_message (
        account_id TEXT    NOT NULL,
        id         INTEGER NOT NULL,
        name       TEXT    NOT NULL COLLATE BINARY, -- compared by its bytes
        version    INTEGER NOT NULL, -- 1 at first; grows by 1 with each change
        checksum   INTEGER NOT NULL, -- CRC-32C of the message
        message    BLOB    NOT NULL, -- a serialized tracker.v1.Tracker without its id
        PRIMARY KEY (account_id, id),
        UNIQUE (account_id, name)
      ) STRICT
      """;

  private static final String READ =
      """
      SELECT account_id, id, name, vocabulary, description,
             categories, languages, exclude_vocabulary
      FROM tracker
      ORDER BY account_id, id
      """;

  private static final String WRITE =
      """
      INSERT INTO tracker_message (account_id, id, name, version, checksum, message)
      VALUES (?, ?, ?, 1, ?, ?)
      """;

  @Override
  public void on(Session session) throws SQLException {
    session.script(CREATE);
    session.query(READ, rows -> copy(session, rows));
    session.script("DROP TABLE tracker");
    session.script("ALTER TABLE tracker_message RENAME TO tracker");
  }

  private static int copy(Session session, ResultSet rows) throws SQLException {
    int copied = 0;
    while (rows.next()) {
      byte[] message = readable(rows);
      CRC32C checksum = new CRC32C();
      checksum.update(message);
      session.update(
          WRITE,
          rows.getString(1),
          rows.getLong(2),
          rows.getString(3),
          checksum.getValue(),
          message);
      copied++;
    }
    return copied;
  }

  private static byte[] readable(ResultSet row) throws SQLException {
    try {
      return message(row);
    } catch (IllegalStateException e) {
      throw StoreException.unavailable("tracker " + row.getLong(2) + ": " + e.getMessage(), e);
    }
  }

  /** In the order of the field numbers; proto3 leaves an empty name out. */
  private static byte[] message(ResultSet row) throws SQLException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    String name = row.getString(3);
    if (!name.isEmpty()) {
      write(message, NAME, name);
    }
    writeAll(message, VOCABULARY, row.getString(4));
    String description = row.getString(5);
    if (description != null) {
      write(message, DESCRIPTION, description);
    }
    writeAll(message, CATEGORIES, row.getString(6));
    writeAll(message, LANGUAGES, row.getString(7));
    writeAll(message, EXCLUDE_VOCABULARY, row.getString(8));
    return message.toByteArray();
  }

  private static void writeAll(ByteArrayOutputStream message, int field, String json) {
    for (String text : TextLists.decode(json)) {
      write(message, field, text);
    }
  }

  private static void write(ByteArrayOutputStream message, int field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    message.write(field << 3 | LENGTH_DELIMITED);
    int length = utf8.length;
    while (length > 0x7f) {
      message.write(length & 0x7f | 0x80);
      length >>>= 7;
    }
    message.write(length);
    message.writeBytes(utf8);
  }
}
