package dev.trackerd.server.auth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.CredentialStore;
import java.time.Duration;
import java.util.Optional;

/**
 * What the store said of a key a few seconds ago. A revocation by another process is seen after
 * five seconds; ids that don't exist are remembered for one second only, so that a new key works
 * soon after a first, early try. Bounded, thread-safe. A store that fails is not remembered.
 */
final class KeyCache {
  private static final Duration KNOWN = Duration.ofSeconds(5);
  private static final Duration UNKNOWN = Duration.ofSeconds(1);
  private static final int MAX_KEYS = 10_000;

  private final LoadingCache<String, Optional<ApiKey>> keys;

  KeyCache(CredentialStore store, Ticker ticker) {
    keys =
        Caffeine.newBuilder()
            .maximumSize(MAX_KEYS)
            .expireAfter(
                Expiry.writing((String id, Optional<ApiKey> k) -> k.isPresent() ? KNOWN : UNKNOWN))
            .ticker(ticker)
            .executor(Runnable::run)
            .build(store::find);
  }

  /** Returns the key of that id, revoked or not; empty if there is none. */
  Optional<ApiKey> find(String id) {
    return keys.get(id);
  }

  /** Returns what {@link #find} would without asking the store; null if it would have to. */
  Optional<ApiKey> known(String id) {
    return keys.getIfPresent(id);
  }

  /** Asks the store again on the next look-up. */
  void forget(String id) {
    keys.invalidate(id);
  }
}
