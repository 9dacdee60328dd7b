package dev.trackerd.server.auth;

import dev.trackerd.server.store.AccountId;
import java.util.regex.Pattern;

/**
 * An API key with its secret in clear: one that was just made, or that the operator brings along.
 *
 * @param account the owner
 * @param id 1 to 128 printable ASCII characters, none of them a space, {@code /}, {@code :} or
 *     {@code ,}
 * @param secret 1 to 256 printable ASCII characters, none of them a space or {@code ,}
 */
public record NewApiKey(AccountId account, String id, String secret) {
  // '/' separates the parts of a credential scope in AWS signatures, ':' the parts of basic
  // authentication and of TRACKERD_CREDENTIALS, ',' the latter's entries.
  private static final Pattern ID = Pattern.compile("[!-~&&[^/:,]]{1,128}");
  private static final Pattern SECRET = Pattern.compile("[!-~&&[^,]]{1,256}");

  /**
   * Checks the forms.
   *
   * @throws IllegalArgumentException naming the member that is wrong, without its value
   */
  public NewApiKey {
    if (!isId(id)) {
      throw new IllegalArgumentException(
          "key id (expected: 1 to 128 printable ASCII characters other than space / : ,)");
    }
    if (!SECRET.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "secret (expected: 1 to 256 printable ASCII characters other than space and ,)");
    }
  }

  /** Whether a key may have that id. */
  public static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "NewApiKey[" + id + " of " + account + "]";
  }
}
