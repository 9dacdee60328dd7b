package dev.trackerd.server.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A stored API key. The secret is sealed: the store never sees it in clear.
 *
 * @param id unique among all accounts; at most 128 printable ASCII characters, none of them {@code
 *     /}, {@code :} or {@code ,}
 * @param account the owner
 * @param sealedSecret the encrypted secret; not copied, not to be changed
 * @param createdAt when it was made, to the millisecond
 * @param revokedAt when it was revoked, if it was
 */
public record ApiKey(
    String id,
    AccountId account,
    byte[] sealedSecret,
    Instant createdAt,
    Optional<Instant> revokedAt) {

  @Override
  public boolean equals(Object other) {
    return other instanceof ApiKey that
        && id.equals(that.id)
        && account.equals(that.account)
        && Arrays.equals(sealedSecret, that.sealedSecret)
        && createdAt.equals(that.createdAt)
        && revokedAt.equals(that.revokedAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, account);
  }

  @Override
  public String toString() {
    return "ApiKey[" + id + " of " + account + "]";
  }
}
