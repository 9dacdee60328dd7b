package dev.trackerd.server.auth;

import dev.trackerd.server.store.AccountId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys that the operator brings along: {@code account:id:secret,account:id:secret}. */
public final class Credentials {
  private Credentials() {}

  /**
   * Parses the value of {@code TRACKERD_CREDENTIALS}. White space around an entry is ignored; a
   * secret may contain colons.
   *
   * @param value a blank one holds no keys
   * @return the keys in their order, each once
   * @throws ApiKeyException naming the entry by its number and what was expected there. It repeats
   *     nothing of the value: who swaps two members must not find the secret in a log
   */
  public static List<NewApiKey> parse(String value) {
    if (value.isBlank()) {
      return List.of();
    }
    Map<String, NewApiKey> keys = new LinkedHashMap<>();
    String[] entries = value.split(",", -1);
    for (int i = 0; i < entries.length; i++) {
      NewApiKey key = entry(entries[i].strip(), i + 1);
      NewApiKey earlier = keys.putIfAbsent(key.id(), key);
      if (earlier != null && !earlier.equals(key)) {
        throw wrong(i + 1, "the key id stands in an earlier entry with another account or secret");
      }
    }
    return List.copyOf(keys.values());
  }

  private static NewApiKey entry(String entry, int number) {
    String[] parts = entry.split(":", 3);
    if (parts.length < 3) {
      throw wrong(number, "expected account:id:secret");
    }
    AccountId account;
    try {
      account = new AccountId(parts[0]);
    } catch (IllegalArgumentException e) {
      throw wrong(number, "account (expected: 12 decimal digits)");
    }
    try {
      return new NewApiKey(account, parts[1], parts[2]);
    } catch (IllegalArgumentException e) {
      throw wrong(number, e.getMessage());
    }
  }

  private static ApiKeyException wrong(int number, String what) {
    return new ApiKeyException("TRACKERD_CREDENTIALS: entry " + number + ": " + what);
  }
}
