package dev.trackerd.gateway.transcode;

import java.nio.charset.StandardCharsets;

/**
 * Functions over what JsonFormat writes. It escapes also the characters that could harm a page of
 * HTML which JSON is pasted into. Answers are JSON and nothing else, and people read them.
 */
final class PlainJson {
  private static final String PLAIN = "<>&='";
  private static final int ESCAPE_LENGTH = "\\u0027".length();

  private PlainJson() {}

  /** Returns the same JSON in UTF-8, without escapes of the characters {@value #PLAIN}. */
  static byte[] utf8(String json) {
    String plain = json.contains("\\u00") ? plain(json) : json;
    return plain.getBytes(StandardCharsets.UTF_8);
  }

  private static String plain(String json) {
    StringBuilder plain = new StringBuilder(json.length());
    int at = 0;
    // A backslash is never the last character, and what follows it belongs to it: another
    // backslash begins no escape.
    for (int slash = json.indexOf('\\'); slash >= 0; slash = json.indexOf('\\', at)) {
      plain.append(json, at, slash);
      boolean unicode = json.charAt(slash + 1) == 'u';
      at = slash + (unicode ? ESCAPE_LENGTH : 2);
      int meant = unicode ? Integer.parseInt(json, slash + 2, at, 16) : -1;
      if (PLAIN.indexOf(meant) >= 0) {
        plain.append((char) meant);
      } else {
        plain.append(json, slash, at);
      }
    }
    return plain.append(json, at, json.length()).toString();
  }
}
