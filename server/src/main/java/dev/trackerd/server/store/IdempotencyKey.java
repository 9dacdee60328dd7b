package dev.trackerd.server.store;

import java.util.Arrays;

/**
 * What a caller names a change by, so that it is made once however often it is asked for.
 *
 * @param value 1 to 255 visible ASCII characters, the caller's choice; an account's own
 * @param digest 32 bytes that tell one request from every other; not copied, not to be changed
 */
public record IdempotencyKey(String value, byte[] digest) {

  @Override
  public boolean equals(Object other) {
    return other instanceof IdempotencyKey that
        && value.equals(that.value)
        && Arrays.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return 31 * value.hashCode() + Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return "IdempotencyKey[" + value.length() + " characters]";
  }
}
