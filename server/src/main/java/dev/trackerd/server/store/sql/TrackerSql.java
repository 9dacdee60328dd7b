package dev.trackerd.server.store.sql;

/** The statements on trackers; SQLite and PostgreSQL understand them alike. */
final class TrackerSql {
  private TrackerSql() {}

  /** No row changes if the account has the id or the name already. */
  static final String INSERT =
      """
      INSERT INTO tracker (account_id, id, name, version, checksum, message)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  /** No row changes if the tracker is not in that version any more. */
  static final String UPDATE =
      """
      UPDATE tracker
      SET name = ?, version = version + 1, checksum = ?, message = ?
      WHERE account_id = ? AND id = ? AND version = ?
      """;

  static final String DELETE = "DELETE FROM tracker WHERE account_id = ? AND id = ?";

  /**
   * For a tracker just deleted, so that its id stays below the mark if nothing else keeps it so.
   */
  static final String MARK =
      """
      INSERT INTO tracker_mark (account_id, id)
      SELECT ?, ?
      WHERE NOT EXISTS (SELECT 1 FROM tracker WHERE account_id = ? AND id > ?)
      ON CONFLICT (account_id) DO UPDATE SET id = excluded.id WHERE excluded.id > tracker_mark.id
      """;

  static final String GET =
      """
      SELECT id, version, name, checksum, message
      FROM tracker
      WHERE account_id = ? AND id = ?
      """;

  static final String FIND_BY_NAME =
      """
      SELECT id, version, name, checksum, message
      FROM tracker
      WHERE account_id = ? AND name = ?
      """;

  /** The length stands before the message, so that a message that is not wanted is not read. */
  static final String LIST =
      """
      SELECT id, version, name, checksum, message, octet_length(message)
      FROM tracker
      WHERE account_id = ? AND id > ?
      ORDER BY id
      LIMIT ?
      """;

  static final String NAME_TAKEN = "SELECT 1 FROM tracker WHERE account_id = ? AND name = ?";

  static final String COUNT = "SELECT count(*) FROM tracker WHERE account_id = ?";

  /** Steps from account to account in the index, instead of through all trackers. */
  static final String GREATEST_ID =
      """
      WITH RECURSIVE account (id) AS (
        SELECT min(account_id) FROM tracker
        UNION ALL
        SELECT (SELECT min(account_id) FROM tracker WHERE account_id > account.id)
        FROM account
        WHERE account.id IS NOT NULL
      )
      SELECT max(id) FROM (
        SELECT (SELECT max(tracker.id) FROM tracker WHERE account_id = account.id) AS id
        FROM account
        UNION ALL
        SELECT max(id) FROM tracker_mark
      ) AS greatest
      """;
}
