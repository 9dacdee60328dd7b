package dev.trackerd.server.store;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps what the answers to changes under a key are made of, for {@link #LIFETIME} after each
 * change. The stores that make the changes add to it, by {@link Idempotency}. Blocking, thread-safe
 * and durable like {@link TrackerStore}.
 */
public interface IdempotencyStore {
  /** How long a key is known. */
  Duration LIFETIME = Duration.ofHours(24);

  /**
   * Returns what was kept of the change that this request asked for under this key; empty if there
   * was none, or it failed, or it was too long ago. One read of one row.
   *
   * @throws StoreException ALREADY_EXISTS if the account's key is that of another request;
   *     UNAVAILABLE if the database can't be reached or the store is closed
   */
  Optional<byte[]> find(AccountId account, IdempotencyKey key);

  /**
   * Removes keys that are not known any more, those first that have been so for longest, unless
   * another process does so just now.
   *
   * @param limit how many at most
   * @return how many were removed
   * @throws StoreException UNAVAILABLE as for {@link #find}
   */
  int sweep(int limit);
}
