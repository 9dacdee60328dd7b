package dev.trackerd.server.auth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A query string in the one form that AWS signatures cover. Immutable. */
final class CanonicalQuery {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String HEX = "0123456789ABCDEF";

  private record Parameter(String name, String value) {}

  private final List<Parameter> parameters = new ArrayList<>();

  private CanonicalQuery() {}

  /**
   * Decodes and encodes again each name and value, and sorts them. A plus is a plus, not a space; a
   * percent sign that begins no escape stays, so that nothing else has the same form.
   *
   * @param raw as received, one character for each byte
   */
  static CanonicalQuery parse(String raw) {
    CanonicalQuery query = new CanonicalQuery();
    for (String part : raw.split("&")) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        query.parameters.add(new Parameter(reencode(name), reencode(value)));
      }
    }
    query.parameters.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
    return query;
  }

  /** Whether there is a parameter of that name (letters, digits and hyphens only). */
  boolean has(String name) {
    return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
  }

  /** The canonical form, without the signature that can't cover itself. */
  @Override
  public String toString() {
    return parameters.stream()
        .filter(parameter -> !parameter.name().equals("X-Amz-Signature"))
        .map(parameter -> parameter.name() + "=" + parameter.value())
        .collect(Collectors.joining("&"));
  }

  /** Appends a byte as RFC 3986 says: as it is if unreserved, else as {@code %XX}. */
  static void encode(int octet, StringBuilder to) {
    if (UNRESERVED.indexOf(octet) >= 0) {
      to.append((char) octet);
    } else {
      to.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 15));
    }
  }

  private static String reencode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        encode(c, encoded);
      } else if (isEscape(text, i)) {
        encode(Integer.parseInt(text, i + 1, i + 3, 16), encoded);
        i += 2;
      } else {
        encoded.append('%');
      }
    }
    return encoded.toString();
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length() && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2));
  }

  // Not Character.digit: it knows digits of other scripts.
  private static boolean isHex(char c) {
    return HEX.indexOf(c) >= 0 || (c >= 'a' && c <= 'f');
  }
}
