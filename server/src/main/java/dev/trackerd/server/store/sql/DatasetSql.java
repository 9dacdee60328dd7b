package dev.trackerd.server.store.sql;

/** The statements on dataset groups and datasets; SQLite and PostgreSQL understand them alike. */
final class DatasetSql {
  private DatasetSql() {}

  static final String NEXT_PLACE =
      """
      INSERT INTO place (account_id, last) VALUES (?, 1)
      ON CONFLICT (account_id) DO UPDATE SET last = place.last + 1
      RETURNING last
      """;

  /** No row changes if the account has the name already. */
  static final String INSERT_GROUP =
      """
      INSERT INTO dataset_group (account_id, name, place, domain, role_arn, kms_key_arn, tags,
                                 created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  static final String GET_GROUP =
      """
      SELECT name, domain, role_arn, kms_key_arn, tags, created_at, place
      FROM dataset_group
      WHERE account_id = ? AND name = ?
      """;

  static final String LIST_GROUPS =
      """
      SELECT name, domain, role_arn, kms_key_arn, tags, created_at, place
      FROM dataset_group
      WHERE account_id = ? AND place > ?
      ORDER BY place
      LIMIT ?
      """;

  static final String DELETE_GROUP = "DELETE FROM dataset_group WHERE account_id = ? AND name = ?";

  static final String DELETE_IN_GROUP =
      "DELETE FROM dataset WHERE account_id = ? AND dataset_group = ?";

  static final String GET =
      """
      SELECT dataset_group, type, tags, created_at, place
      FROM dataset
      WHERE account_id = ? AND dataset_group = ? AND type = ?
      """;

  /** No row changes if the dataset group has one of the type already. */
  static final String INSERT =
      """
      INSERT INTO dataset (account_id, dataset_group, type, place, created_at)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  static final String LIST =
      """
      SELECT dataset_group, type, tags, created_at, place
      FROM dataset
      WHERE account_id = ? AND place > ?
      ORDER BY place
      LIMIT ?
      """;

  static final String LIST_IN_GROUP =
      """
      SELECT dataset_group, type, tags, created_at, place
      FROM dataset
      WHERE account_id = ? AND dataset_group = ? AND place > ?
      ORDER BY place
      LIMIT ?
      """;
}
