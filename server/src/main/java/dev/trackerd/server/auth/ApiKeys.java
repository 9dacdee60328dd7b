package dev.trackerd.server.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.CredentialStore;
import dev.trackerd.server.store.Sha256;
import dev.trackerd.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The API keys of a store: makes, lists, revokes and checks them. Look-ups are remembered for five
 * seconds at most, so that a change by another process is seen within that time; a change made here
 * is seen at once. Blocking and thread-safe; every method may throw {@link StoreException} with
 * reason UNAVAILABLE.
 */
public final class ApiKeys {
  private final CredentialStore store;
  private final SecretBox box;
  private final Clock clock;
  private final KeyCache cache;
  private final KeyGenerator generator = new KeyGenerator();
  // Stands in for a key that doesn't exist: refusing it takes the same work as a wrong secret.
  private final ApiKey decoy;

  private ApiKeys(CredentialStore store, SecretBox box, Clock clock, Ticker ticker) {
    this.store = store;
    this.box = box;
    this.clock = clock;
    this.cache = new KeyCache(store, ticker);
    this.decoy = sealed(generator.key(new AccountId("000000000000")));
  }

  /**
   * Opens the keys of a store.
   *
   * @param clock dates creation and revocation
   * @throws MasterKeyException if the store's secrets were sealed by another master key
   */
  public static ApiKeys open(CredentialStore store, MasterKey master, Clock clock) {
    // Not by the clock: one that is set back would keep revoked keys alive.
    return open(store, master, clock, Ticker.systemTicker());
  }

  static ApiKeys open(CredentialStore store, MasterKey master, Clock clock, Ticker ticker) {
    byte[] proof = master.proof();
    if (!MessageDigest.isEqual(proof, store.masterKeyProof(proof))) {
      throw new MasterKeyException(
          "the master key is not the one that this store was made with"
              + " (set TRACKERD_MASTER_KEY or --master-key-file, or restore master.key)");
    }
    return new ApiKeys(store, SecretBox.of(master), clock, ticker);
  }

  /** Makes a key for an account. Its secret can't be shown again. */
  public NewApiKey create(AccountId account) {
    while (true) {
      NewApiKey key = generator.key(account);
      if (add(key)) {
        return key;
      }
    }
  }

  /**
   * Makes a key for a new account with a random id, unless there has ever been a key in this store.
   * Of many processes that start at once, one makes it.
   */
  public Optional<NewApiKey> createFirst() {
    NewApiKey key = generator.key(generator.account());
    try {
      return store.createFirst(sealed(key)) ? Optional.of(key) : Optional.empty();
    } finally {
      cache.forget(key.id());
    }
  }

  /**
   * Makes sure that a key exists. Safe to repeat, also by several processes at once.
   *
   * @throws ApiKeyException if a key of that id exists that has another account or secret, or was
   *     revoked; nothing is changed then
   */
  public void ensure(NewApiKey key) {
    if (store.find(key.id()).isEmpty() && add(key)) {
      return;
    }
    ApiKey stored = store.find(key.id()).orElseThrow(() -> noSuchKey(key.id()));
    if (!stored.account().equals(key.account())) {
      throw new ApiKeyException("key " + key.id() + ": exists, and belongs to another account");
    }
    if (!same(box.open(stored.id(), stored.sealedSecret()), key.secret())) {
      throw new ApiKeyException("key " + key.id() + ": exists, and has another secret");
    }
    if (stored.revokedAt().isPresent()) {
      throw new ApiKeyException(
          "key " + key.id() + ": was revoked; leave it out, or use a new key id");
    }
  }

  /** Returns all keys, revoked ones too, by creation time, then id. */
  public List<ApiKey> list() {
    return store.list();
  }

  /**
   * Revokes a key for good, its tokens included. Revoking it again changes nothing.
   *
   * @throws ApiKeyException if there is no such key
   */
  public void revoke(String id) {
    try {
      store.revoke(id, now());
    } catch (StoreException e) {
      throw e.reason() == StoreException.Reason.NOT_FOUND ? noSuchKey(id) : e;
    } finally {
      cache.forget(id);
    }
  }

  /**
   * Checks an id and its secret, in a time that doesn't tell which of them is wrong.
   *
   * @return the caller; empty if there is no such key, it was revoked, or the secret is another
   */
  public Optional<Caller> authenticate(String id, String secret) {
    Optional<ApiKey> found = active(id);
    ApiKey key = found.orElse(decoy);
    boolean right = same(box.open(key.id(), key.sealedSecret()), secret);
    return found.filter(k -> right).map(k -> new Caller(k.account(), k.id()));
  }

  /**
   * Returns the owner and the secret of a key, to check signatures by; empty unless it is active.
   */
  public Optional<SigningSecret> secretOf(String id) {
    return active(id)
        .map(key -> new SigningSecret(key.account(), box.open(key.id(), key.sealedSecret())));
  }

  /** Whether the caller's key exists, belongs to the caller's account and is not revoked. */
  public boolean isActive(Caller caller) {
    Optional<ApiKey> key = active(caller.keyId());
    return key.isPresent() && key.get().account().equals(caller.account());
  }

  /**
   * What {@link #isActive} would say without asking the store, and so without blocking; empty if it
   * would have to.
   */
  Optional<Boolean> isKnownActive(Caller caller) {
    Optional<ApiKey> known = cache.known(caller.keyId());
    return known == null
        ? Optional.empty()
        : Optional.of(
            known
                .filter(key -> key.revokedAt().isEmpty())
                .filter(key -> key.account().equals(caller.account()))
                .isPresent());
  }

  private Optional<ApiKey> active(String id) {
    // An id of another form exists nowhere; asking for it would fill the cache with junk.
    return NewApiKey.isId(id)
        ? cache.find(id).filter(key -> key.revokedAt().isEmpty())
        : Optional.empty();
  }

  private boolean add(NewApiKey key) {
    try {
      store.create(sealed(key));
      return true;
    } catch (StoreException e) {
      if (e.reason() == StoreException.Reason.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    } finally {
      cache.forget(key.id());
    }
  }

  private ApiKey sealed(NewApiKey key) {
    byte[] secret = box.seal(key.id(), key.secret());
    return new ApiKey(key.id(), key.account(), secret, now(), Optional.empty());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Compares without telling by the time taken where, or by how much in length, they differ. */
  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(sha256(expected), sha256(given));
  }

  private static byte[] sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ApiKeyException noSuchKey(String id) {
    return new ApiKeyException("key " + id + ": no such key");
  }
}
