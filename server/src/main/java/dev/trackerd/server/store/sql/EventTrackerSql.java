package dev.trackerd.server.store.sql;

/** The statements on event trackers; SQLite and PostgreSQL understand them alike. */
final class EventTrackerSql {
  private EventTrackerSql() {}

  /** No row changes if the account has the id, or the dataset group an event tracker. */
  static final String INSERT =
      """
      INSERT INTO event_tracker (account_id, id, place, dataset_group, name, tracking_id, tags,
                                 created_at, create_in_progress_at, create_ended_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  static final String FIND_IN_GROUP =
      "SELECT id FROM event_tracker WHERE account_id = ? AND dataset_group = ?";

  static final String COUNT =
      """
      SELECT count(*) FROM event_tracker
      WHERE account_id = ? AND delete_at IS NULL AND create_failed = 0
      """;

  static final String GET =
      """
      SELECT id, name, dataset_group, tags, tracking_id, created_at, create_in_progress_at,
             create_ended_at, create_failed, delete_at, delete_in_progress_at, gone_at, place
      FROM event_tracker
      WHERE account_id = ? AND id = ?
      """;

  static final String LIST =
      """
      SELECT id, name, dataset_group, tags, tracking_id, created_at, create_in_progress_at,
             create_ended_at, create_failed, delete_at, delete_in_progress_at, gone_at, place
      FROM event_tracker
      WHERE account_id = ? AND place > ? AND (gone_at IS NULL OR gone_at > ?)
      ORDER BY place
      LIMIT ?
      """;

  static final String LIST_IN_GROUP =
      """
      SELECT id, name, dataset_group, tags, tracking_id, created_at, create_in_progress_at,
             create_ended_at, create_failed, delete_at, delete_in_progress_at, gone_at, place
      FROM event_tracker
      WHERE account_id = ? AND dataset_group = ?
        AND place > ? AND (gone_at IS NULL OR gone_at > ?)
      ORDER BY place
      LIMIT ?
      """;

  static final String DELETE =
      """
      UPDATE event_tracker
      SET delete_at = ?, delete_in_progress_at = ?, gone_at = ?
      WHERE account_id = ? AND id = ? AND delete_at IS NULL
      """;

  static final String PURGE =
      "DELETE FROM event_tracker WHERE account_id = ? AND dataset_group = ? AND gone_at <= ?";
}
