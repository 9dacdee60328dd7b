package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.CredentialStore;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** API keys in a table. */
final class SqlCredentialStore implements CredentialStore {
  private final Transactions transactions;

  SqlCredentialStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void create(ApiKey key) {
    transactions.write(session -> insert(session, key));
  }

  @Override
  public boolean createFirst(ApiKey key) {
    return transactions.write(
        session -> {
          if (session.update(CredentialSql.TAKE_TURN) == 0) {
            throw new IllegalStateException("no proof of a master key is kept");
          }
          return session.first(CredentialSql.ANY, row -> row.getInt(1)).isEmpty()
              && insert(session, key) == 1;
        });
  }

  @Override
  public Optional<ApiKey> find(String id) {
    return transactions.read(
        session -> session.first(CredentialSql.FIND, SqlCredentialStore::key, id));
  }

  @Override
  public List<ApiKey> list() {
    return List.copyOf(
        transactions.read(session -> session.all(CredentialSql.LIST, SqlCredentialStore::key)));
  }

  @Override
  public void revoke(String id, Instant at) {
    transactions.write(
        session -> {
          int revoked = session.update(CredentialSql.REVOKE, at.toEpochMilli(), id);
          if (revoked == 0) {
            throw new StoreException(Reason.NOT_FOUND, Thing.API_KEY, id);
          }
          return revoked;
        });
  }

  @Override
  public byte[] masterKeyProof(byte[] proof) {
    return transactions.write(
        session -> {
          session.update(CredentialSql.KEEP_PROOF, (Object) proof);
          return session.first(CredentialSql.PROOF, row -> row.getBytes(1)).orElseThrow();
        });
  }

  private static int insert(Session session, ApiKey key) throws SQLException {
    int created = session.update(CredentialSql.INSERT, row(key));
    if (created == 0) {
      throw new StoreException(Reason.ALREADY_EXISTS, Thing.API_KEY, key.id());
    }
    return created;
  }

  static Object[] row(ApiKey key) {
    return new Object[] {
      key.id(),
      key.account().value(),
      key.sealedSecret(),
      key.createdAt().toEpochMilli(),
      key.revokedAt().map(Instant::toEpochMilli).orElse(null)
    };
  }

  static ApiKey key(ResultSet row) throws SQLException {
    long revokedAt = row.getLong(5);
    boolean revoked = !row.wasNull();
    return new ApiKey(
        row.getString(1),
        new AccountId(row.getString(2)),
        row.getBytes(3),
        Instant.ofEpochMilli(row.getLong(4)),
        revoked ? Optional.of(Instant.ofEpochMilli(revokedAt)) : Optional.empty());
  }
}
