package dev.trackerd.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps API keys, and a proof of the master key that seals them. Blocking, thread-safe and durable
 * like {@link TrackerStore}; seen by every process that opened the same database. The one store
 * that looks across accounts: a caller's account is what it is asked for.
 */
public interface CredentialStore {

  /**
   * Adds a key.
   *
   * @throws StoreException ALREADY_EXISTS if there is a key of that id, revoked or not
   */
  void create(ApiKey key);

  /**
   * Adds a key if the store has none at all, revoked ones included. Of many callers at once, in any
   * number of processes, one adds its key. To be called once a {@link #masterKeyProof} is kept.
   *
   * @return whether it was added
   */
  boolean createFirst(ApiKey key);

  /** Returns the key of that id, revoked or not, or empty. */
  Optional<ApiKey> find(String id);

  /** Returns all keys, revoked ones too, by creation time, then id. */
  List<ApiKey> list();

  /**
   * Revokes a key. One that is revoked stays as it is.
   *
   * @throws StoreException NOT_FOUND if there is no key of that id
   */
  void revoke(String id, Instant at);

  /**
   * Keeps {@code proof} if the database holds none yet.
   *
   * @return the proof that the database holds now: {@code proof}, or an earlier one
   */
  byte[] masterKeyProof(byte[] proof);
}
