package dev.trackerd.server.auth;

import dev.trackerd.server.store.AccountId;
import java.security.SecureRandom;

/** Draws ids and secrets. Thread-safe. */
final class KeyGenerator {
  // RFC 4648 base32: upper case and digits, as the access key ids of AWS.
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  // No punctuation: a secret has to survive shells, URLs and "user:password".
  private static final String BASE62 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final SecureRandom random = new SecureRandom();

  /** Draws a key: the id has 20 characters, 90 bits of them random; the secret 44, 262 bits. */
  NewApiKey key(AccountId account) {
    return new NewApiKey(account, "TK" + draw(BASE32, 18), draw(BASE62, 44));
  }

  /** Draws a 12-digit account that doesn't begin with 0: spreadsheets and shells drop zeros. */
  AccountId account() {
    return new AccountId(draw("123456789", 1) + draw("0123456789", 11));
  }

  private String draw(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
