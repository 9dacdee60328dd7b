package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.IdempotencyStore;
import dev.trackerd.server.store.Sha256;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Idempotency keys in a table, and those that are in flight. A change claims its key in this
 * process, then in its transaction over all processes, and leaves a row there; all of that ends
 * with the transaction, however it ends.
 */
final class SqlIdempotencyStore implements IdempotencyStore {
  /** No key's. */
  private static final long SWEEP = 0;

  private final Set<Claim> claims = ConcurrentHashMap.newKeySet();
  private final Transactions transactions;
  private final Clock clock;

  SqlIdempotencyStore(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** A key under which a change of this process is in flight. */
  private record Claim(AccountId account, String key) {
    /** A number that no other key has, but for one of 2^60. */
    long number() {
      byte[] hash = Sha256.of((account + " " + key).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong() >>> 4 | 1;
    }
  }

  @Override
  public Optional<byte[]> find(AccountId account, IdempotencyKey key) {
    return transactions.read(session -> find(session, account, key));
  }

  @Override
  public int sweep(int limit) {
    return transactions.write(
        session -> {
          long now = clock.millis();
          return transactions.tryHold(session, SWEEP)
              ? session.update(IdempotencySql.SWEEP, now, now, (long) limit)
              : 0;
        });
  }

  /**
   * Makes a change while no other change of this process is made under its key. Claims come before
   * the account's permits, so that whoever asks twice is told that, and not that it asks too often.
   *
   * @throws StoreException IN_USE if one is
   */
  <T> T claim(AccountId account, Idempotency<?> idempotency, Supplier<T> change) {
    if (idempotency.key().isEmpty()) {
      return change.get();
    }
    Claim claim = new Claim(account, idempotency.key().get().value());
    if (!claims.add(claim)) {
      throw inUse();
    }
    try {
      return change.get();
    } catch (StoreException e) {
      throw e.reason() == Reason.CONCURRENT_WRITE && isHeldElsewhere(claim) ? inUse() : e;
    } finally {
      claims.remove(claim);
    }
  }

  /** The work, to be done once under its key, if it has one. */
  <T> Work<T> once(AccountId account, Idempotency<T> idempotency, Work<T> work) {
    return session -> {
      begin(session, account, idempotency);
      T done = work.on(session);
      keep(session, account, idempotency, done);
      return done;
    };
  }

  /**
   * Claims the key until the end of the transaction, before anything is changed.
   *
   * @throws StoreException IN_USE or ALREADY_EXISTS
   */
  void begin(Session session, AccountId account, Idempotency<?> idempotency) throws SQLException {
    if (idempotency.key().isEmpty()) {
      return;
    }
    IdempotencyKey key = idempotency.key().get();
    if (!transactions.tryHold(session, new Claim(account, key.value()).number())
        || find(session, account, key).isPresent()) {
      throw inUse();
    }
  }

  /** Keeps what is needed of a change that was made. */
  <T> void keep(Session session, AccountId account, Idempotency<T> idempotency, T done)
      throws SQLException {
    if (idempotency.key().isEmpty()) {
      return;
    }
    IdempotencyKey key = idempotency.key().get();
    long now = clock.millis();
    Object[] row = {
      account.value(),
      key.value(),
      key.digest(),
      idempotency.answer(done),
      now + LIFETIME.toMillis(),
      now
    };
    if (session.update(IdempotencySql.KEEP, row) == 0) {
      throw inUse();
    }
  }

  private Optional<byte[]> find(Session session, AccountId account, IdempotencyKey key)
      throws SQLException {
    return session.first(
        IdempotencySql.FIND,
        row -> {
          if (!MessageDigest.isEqual(row.getBytes(1), key.digest())) {
            throw new StoreException(Reason.ALREADY_EXISTS, Thing.IDEMPOTENCY_KEY, null);
          }
          return row.getBytes(2);
        },
        account.value(),
        key.value(),
        clock.millis());
  }

  private boolean isHeldElsewhere(Claim claim) {
    return !transactions.read(session -> transactions.tryHold(session, claim.number()));
  }

  private static StoreException inUse() {
    return new StoreException(Reason.IN_USE, Thing.IDEMPOTENCY_KEY, null);
  }
}
