package dev.trackerd.server.store.sql;

/** The statements on idempotency keys; SQLite and PostgreSQL understand them alike. */
final class IdempotencySql {
  private IdempotencySql() {}

  static final String FIND =
      """
      SELECT digest, answer
      FROM idempotency_key
      WHERE account_id = ? AND key = ? AND expires_at > ?
      """;

  /** No row changes if the account has the key, unless that has expired. */
  static final String KEEP =
      """
      INSERT INTO idempotency_key (account_id, key, digest, answer, expires_at)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (account_id, key) DO UPDATE
      SET digest = excluded.digest, answer = excluded.answer, expires_at = excluded.expires_at
      WHERE idempotency_key.expires_at <= ?
      """;

  /** By the name and not by the time: a key may have been taken anew meanwhile. */
  static final String SWEEP =
      """
      DELETE FROM idempotency_key
      WHERE expires_at <= ?
        AND (account_id, key) IN (
          SELECT account_id, key
          FROM idempotency_key
          WHERE expires_at <= ?
          ORDER BY expires_at
          LIMIT ?
        )
      """;
}
