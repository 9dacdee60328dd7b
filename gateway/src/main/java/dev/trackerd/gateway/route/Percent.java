package dev.trackerd.gateway.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding (RFC 3986, section 2.1) of path segments, as strict as it can be. */
final class Percent {

  private Percent() {}

  /**
   * Decodes a segment once.
   *
   * @throws RouteException BAD_PATH if an escape is malformed, it decodes to U+0000 or not to
   *     UTF-8, or a character that must be escaped is not
   */
  static String decode(String raw) {
    return decode(raw, false);
  }

  /** Decodes a segment but for {@code %2F}, which stays as it is. */
  static String decodeButSlash(String raw) {
    return decode(raw, true);
  }

  private static String decode(String raw, boolean keepSlash) {
    if (isPlain(raw)) {
      return raw;
    }
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int at = 0; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (c == '%') {
        int octet = octet(raw, at);
        at += 2;
        if (keepSlash && octet == '/') {
          bytes.put((byte) '%').put((byte) raw.charAt(at - 1)).put((byte) raw.charAt(at));
        } else {
          bytes.put((byte) octet);
        }
      } else {
        bytes.put((byte) c);
      }
    }
    return utf8(bytes.flip());
  }

  private static boolean isPlain(String raw) {
    boolean plain = true;
    for (int at = 0; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (c <= ' ' || c >= 0x7f) {
        throw RouteException.badPath("holds a character that must be percent-encoded");
      }
      plain &= c != '%';
    }
    return plain;
  }

  private static int octet(String raw, int at) {
    int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
    int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw RouteException.badPath("holds a % that two hexadecimal digits do not follow");
    }
    if (high + low == 0) {
      throw RouteException.badPath("holds %00");
    }
    return high << 4 | low;
  }

  private static String utf8(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw RouteException.badPath("is not UTF-8 once it is percent-decoded");
    }
  }
}
