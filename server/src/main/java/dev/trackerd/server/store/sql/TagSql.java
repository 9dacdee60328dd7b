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
  private static final TagSql EVENT_TRACKER = on("event_tracker", "delete_at, gone_at", "id = ?");
  private static final TagSql DATASET_GROUP = on("dataset_group", "NULL, NULL", "name = ?");
  private static final TagSql DATASET =
      on("dataset", "NULL, NULL", "dataset_group = ? AND type = ?");

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

  /**
   * The statements on a table.
   *
   * @param ends the columns that say since when a row is being deleted and gone
   * @param key names a row among those of an account
   */
  private static TagSql on(String table, String ends, String key) {
    return new TagSql(
        "SELECT tags, %s FROM %s WHERE account_id = ? AND %s".formatted(ends, table, key),
        "UPDATE %s SET tags = tags WHERE account_id = ? AND %s RETURNING tags, %s"
            .formatted(table, key, ends),
        "UPDATE %s SET tags = ? WHERE account_id = ? AND %s".formatted(table, key));
  }
}
