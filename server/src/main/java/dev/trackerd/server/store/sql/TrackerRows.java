package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Trackers from and to the columns of {@link TrackerSql}, by position. */
final class TrackerRows {
  /** The account among the parameters of an insert. */
  static final int ACCOUNT = 0;

  /** The id among the parameters of an insert. */
  static final int ID = 1;

  /** The name among the parameters of an insert. */
  static final int NAME = 2;

  private TrackerRows() {}

  /**
   * Reads a row.
   *
   * @throws StoreException UNAVAILABLE if its message is not the one that was written
   */
  static StoredTracker read(ResultSet row) throws SQLException {
    Optional<StoredTracker> tracker = intact(row);
    if (tracker.isEmpty()) {
      throw StoreException.unavailable(
          "tracker " + row.getLong(1) + " is damaged: its checksum is wrong");
    }
    return tracker.get();
  }

  /** Reads a row; empty if its message is not the one that was written. */
  static Optional<StoredTracker> intact(ResultSet row) throws SQLException {
    TrackerContent content = new TrackerContent(row.getString(3), row.getBytes(5));
    return row.getLong(4) == checksum(content.message())
        ? Optional.of(new StoredTracker(row.getLong(1), row.getLong(2), content))
        : Optional.empty();
  }

  /** The length of the message of a row of a list. */
  static long length(ResultSet row) throws SQLException {
    return row.getLong(6);
  }

  /** A new tracker's row, all but the id, whose place is {@link #ID}. */
  static Object[] toInsert(AccountId account, TrackerContent content) {
    return row(account, null, 1, content);
  }

  /** The row of a tracker that has its id and version. */
  static Object[] toInsert(AccountId account, StoredTracker tracker) {
    return row(account, tracker.id(), tracker.version(), tracker.content());
  }

  private static Object[] row(AccountId account, Long id, long version, TrackerContent content) {
    byte[] message = content.message();
    return new Object[] {account.value(), id, content.name(), version, checksum(message), message};
  }

  static Object[] toUpdate(AccountId account, StoredTracker read, TrackerContent content) {
    return new Object[] {
      content.name(),
      checksum(content.message()),
      content.message(),
      account.value(),
      read.id(),
      read.version()
    };
  }

  /** CRC-32C (RFC 3720, appendix B.4): finds what a disk or a memory changed. */
  private static long checksum(byte[] message) {
    CRC32C checksum = new CRC32C();
    checksum.update(message, 0, message.length);
    return checksum.getValue();
  }
}
