package dev.trackerd.server.auth;

import dev.trackerd.server.store.AccountId;

/**
 * What a signature is checked by.
 *
 * @param account the owner of the key
 * @param secret the key's secret in clear
 */
public record SigningSecret(AccountId account, String secret) {
  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "SigningSecret[of " + account + "]";
  }
}
