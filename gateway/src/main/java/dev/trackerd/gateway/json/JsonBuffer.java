package dev.trackerd.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON in UTF-8 that is being written: bytes that grow. Not thread-safe. */
final class JsonBuffer {

  private static final int SMALL = 512;

  private static final String HEX = "0123456789abcdef";

  /** U+2028 and U+2029, which end a line in JavaScript but not in JSON, begin with this byte. */
  private static final int SEPARATOR = 0xE2;

  private static final int SEPARATOR_LENGTH = 3;

  /** By byte: 0 if it stands for itself, else what follows the backslash. */
  private static final byte[] ESCAPES = escapes();

  private byte[] bytes;
  private int size;

  /** Makes an empty one, with room for something small. */
  JsonBuffer() {
    this(0);
  }

  /** Makes an empty one, with room for a message of so many bytes on the wire, if nothing odd. */
  JsonBuffer(int wireSize) {
    this.bytes = new byte[SMALL + wireSize + wireSize / 4];
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[0x100];
    Arrays.fill(escapes, 0, ' ', (byte) 'u');
    escapes[SEPARATOR] = 'u';
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
    raw(json, from, json.length);
  }

  private void raw(byte[] json, int from, int to) {
    reserve(to - from);
    System.arraycopy(json, from, bytes, size, to - from);
    size += to - from;
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
   * in JavaScript only; half of a surrogate pair becomes a question mark.
   */
  void string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ascii('"');
    int from = 0;
    for (int at = special(utf8, 0); at < utf8.length; at = special(utf8, from)) {
      raw(utf8, from, at);
      from = at + escape(utf8, at);
    }
    raw(utf8, from);
    ascii('"');
  }

  /**
   * Returns the place of the first byte that may have to be escaped; the length if there is none.
   */
  private static int special(byte[] utf8, int from) {
    int at = from;
    while (at < utf8.length && ESCAPES[utf8[at] & 0xFF] == 0) {
      at++;
    }
    return at;
  }

  /** Writes the character that begins at a place, or its first byte; returns how many it read. */
  private int escape(byte[] utf8, int at) {
    int octet = utf8[at] & 0xFF;
    if (octet == SEPARATOR) {
      boolean ends = utf8[at + 1] == (byte) 0x80 && (utf8[at + 2] & 0xFE) == 0xA8;
      if (ends) {
        ascii((utf8[at + 2] & 1) == 0 ? "\\u2028" : "\\u2029");
        return SEPARATOR_LENGTH;
      }
      ascii((char) octet);
    } else if (ESCAPES[octet] == 'u') {
      ascii("\\u00");
      ascii(HEX.charAt(octet >> 4));
      ascii(HEX.charAt(octet & 0xF));
    } else {
      ascii('\\');
      ascii((char) ESCAPES[octet]);
    }
    return 1;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
