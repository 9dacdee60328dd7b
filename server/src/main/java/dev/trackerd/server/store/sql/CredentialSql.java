package dev.trackerd.server.store.sql;

/** The statements on API keys and the master key's proof; SQLite and PostgreSQL alike. */
final class CredentialSql {
  private CredentialSql() {}

  static final String INSERT =
      """
      INSERT INTO api_key (id, account_id, sealed_secret, created_at, revoked_at)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  static final String ANY = "SELECT 1 FROM api_key LIMIT 1";

  /** Lets one transaction at a time through from here on: it changes the one row that is there. */
  static final String TAKE_TURN = "UPDATE master_key_proof SET proof = proof";

  static final String FIND =
      """
      SELECT id, account_id, sealed_secret, created_at, revoked_at
      FROM api_key
      WHERE id = ?
      """;

  static final String LIST =
      """
      SELECT id, account_id, sealed_secret, created_at, revoked_at
      FROM api_key
      ORDER BY created_at, id
      """;

  static final String REVOKE =
      "UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?";

  static final String KEEP_PROOF =
      "INSERT INTO master_key_proof (\"only\", proof) VALUES (1, ?) ON CONFLICT DO NOTHING";

  static final String PROOF = "SELECT proof FROM master_key_proof";
}
