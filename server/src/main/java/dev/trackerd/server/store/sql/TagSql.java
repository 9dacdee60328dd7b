package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoreException.Thing;

/**
 * The statements on the tags of one kind of resource; SQLite and PostgreSQL understand them alike.
 * Each takes the account and the key at its end.
 *
 * @param get reads the tags, and since when it is being deleted and gone, null if it is not
 * @param take the same, and keeps others from changing the row until the transaction ends
 * @param put takes the tags first
 */
record TagSql(String get, String take, String put) {
  private static final TagSql EVENT_TRACKER =
      new TagSql(
          """
          SELECT tags, delete_at, gone_at FROM event_tracker
          WHERE account_id = ? AND id = ?
          """,
          """
          UPDATE event_tracker SET tags = tags
          WHERE account_id = ? AND id = ?
          RETURNING tags, delete_at, gone_at
          """,
          "UPDATE event_tracker SET tags = ? WHERE account_id = ? AND id = ?");

  private static final TagSql DATASET_GROUP =
      new TagSql(
          """
          SELECT tags, NULL, NULL FROM dataset_group
          WHERE account_id = ? AND name = ?
          """,
          """
          UPDATE dataset_group SET tags = tags
          WHERE account_id = ? AND name = ?
          RETURNING tags, NULL, NULL
          """,
          "UPDATE dataset_group SET tags = ? WHERE account_id = ? AND name = ?");

  private static final TagSql DATASET =
      new TagSql(
          """
          SELECT tags, NULL, NULL FROM dataset
          WHERE account_id = ? AND dataset_group = ? AND type = ?
          """,
          """
          UPDATE dataset SET tags = tags
          WHERE account_id = ? AND dataset_group = ? AND type = ?
          RETURNING tags, NULL, NULL
          """,
          """
          UPDATE dataset SET tags = ?
          WHERE account_id = ? AND dataset_group = ? AND type = ?
          """);

  /**
   * The statements on things of one kind.
   *
   * @throws IllegalArgumentException if such have no tags
   */
  static TagSql of(Thing thing) {
    return switch (thing) {
      case EVENT_TRACKER -> EVENT_TRACKER;
      case DATASET_GROUP -> DATASET_GROUP;
      case DATASET -> DATASET;
      case TRACKER, TAG, API_KEY, IDEMPOTENCY_KEY, STORE ->
          throw new IllegalArgumentException(thing + " (expected: what has tags)");
    };
  }
}
