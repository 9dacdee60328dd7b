package dev.trackerd.gateway.json;

import java.util.Arrays;

/** JSON in UTF-8 that is being written: bytes that grow. Not thread-safe. */
final class JsonBuffer {

  /** Most answers are shorter than this. */
  private static final int FIRST_SIZE = 512;

  /** So many characters are written between two looks at the room that is left. */
  private static final int STRETCH = 512;

  /** A surrogate pair is four bytes, a control character six. */
  private static final int LONGEST_CHARACTER = 6;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /** By ASCII character: 0 if it stands for itself, else what follows the backslash. */
  private static final byte[] ESCAPES = escapes();

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  private static byte[] escapes() {
    byte[] escapes = new byte[0x80];
    Arrays.fill(escapes, 0, ' ', (byte) 'u');
    escapes['\t'] = 't';
    escapes['\b'] = 'b';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\f'] = 'f';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }

  /** Returns all that was written. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes bytes that are JSON already, from a place on. */
  void raw(byte[] json, int from) {
    reserve(json.length - from);
    System.arraycopy(json, from, bytes, size, json.length - from);
    size += json.length - from;
  }

  /** Writes one character of ASCII as it is. */
  void ascii(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  /** Writes ASCII as it is. */
  void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  /** Writes ASCII between quotes; it has nothing to escape. */
  void quoted(String text) {
    ascii('"');
    ascii(text);
    ascii('"');
  }

  /**
   * Writes text as a JSON string. Escapes what JSON wants escaped, and the line ends that are ones
   * in JavaScript only; half of a surrogate pair becomes U+FFFD.
   */
  void string(String text) {
    ascii('"');
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + STRETCH);
      reserve((to - from) * LONGEST_CHARACTER);
      from = plain(text, from, to);
      if (from < to) {
        from = character(text, from);
      }
    }
    ascii('"');
  }

  /** Writes characters up to the first that does not stand for itself, and returns its place. */
  private int plain(String text, int from, int to) {
    byte[] out = bytes;
    int shift = size - from;
    int i = from;
    for (; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || ESCAPES[c] != 0) {
        break;
      }
      out[shift + i] = (byte) c;
    }
    size = shift + i;
    return i;
  }

  /** Writes the character at a place and returns that of the next. */
  private int character(String text, int at) {
    char c = text.charAt(at);
    if (c < 0x80) {
      escape(c);
    } else if (c < 0x800) {
      put(0xC0 | c >> 6);
      put(0x80 | c & 0x3F);
    } else if (c == '\u2028' || c == '\u2029') {
      unicode(c);
    } else if (Character.isSurrogate(c)) {
      return pair(text, at);
    } else {
      three(c);
    }
    return at + 1;
  }

  private int pair(String text, int at) {
    int point = text.codePointAt(at);
    if (point < 0x10000) {
      three('\uFFFD');
      return at + 1;
    }
    put(0xF0 | point >> 18);
    put(0x80 | point >> 12 & 0x3F);
    put(0x80 | point >> 6 & 0x3F);
    put(0x80 | point & 0x3F);
    return at + 2;
  }

  private void three(char c) {
    put(0xE0 | c >> 12);
    put(0x80 | c >> 6 & 0x3F);
    put(0x80 | c & 0x3F);
  }

  private void escape(char c) {
    if (ESCAPES[c] == 'u') {
      unicode(c);
    } else {
      put('\\');
      put(ESCAPES[c]);
    }
  }

  private void unicode(char c) {
    put('\\');
    put('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      put(HEX[c >> shift & 0xF]);
    }
  }

  private void put(int octet) {
    bytes[size++] = (byte) octet;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
