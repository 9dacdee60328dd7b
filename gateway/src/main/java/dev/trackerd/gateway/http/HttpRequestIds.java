package dev.trackerd.gateway.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Functions over request ids: what ties an answer to the lines about it in the logs. */
final class HttpRequestIds {

  private static final int MAX_LENGTH = 128;

  private HttpRequestIds() {}

  /** Returns the id that a request came with if it can be used, else a new one. */
  static String of(String received) {
    return isSane(received) ? received : make();
  }

  /** Returns whether an id is 1 to 128 printable ASCII characters; null is not. */
  static boolean isSane(String id) {
    if (id == null || id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) <= ' ' || id.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String make() {
    // Names a request, guards nothing: need not be hard to guess.
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
