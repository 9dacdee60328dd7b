package dev.trackerd.server.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/** Header blocks of HTTP/2 in the plainest form there is: literals that no table keeps. */
final class HeaderBlock {
  private HeaderBlock() {}

  /** The head of a gRPC call; an empty token is none. */
  static byte[] grpc(String method, String token) {
    byte[] head =
        of(
            ":method", "POST",
            ":scheme", "http",
            ":path", "/" + method,
            ":authority", "127.0.0.1",
            "content-type", "application/grpc",
            "te", "trailers");
    return with(head, token);
  }

  /** The head of an HTTP request; an empty token is none. */
  static byte[] http(String method, String path, String token) {
    byte[] head =
        of(":method", method, ":scheme", "http", ":path", path, ":authority", "127.0.0.1");
    return with(head, token);
  }

  /** Names and values by turns, each a literal without indexing (RFC 7541, 6.2.2). */
  static byte[] of(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      string(block, namesAndValues[i]);
      string(block, namesAndValues[i + 1]);
    }
    return block.toByteArray();
  }

  /** One block after another. */
  static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static byte[] with(byte[] head, String token) {
    return token.isEmpty() ? head : concat(head, of("authorization", "Bearer " + token));
  }

  /** A length with a prefix of seven bits (RFC 7541, 5.1), then the text as it is. */
  private static void string(ByteArrayOutputStream block, String text) {
    int rest = text.length() - 127;
    block.write(Math.min(127, text.length()));
    if (rest >= 0) {
      for (; rest >= 128; rest >>= 7) {
        block.write(rest & 127 | 128);
      }
      block.write(rest);
    }
    block.writeBytes(text.getBytes(ISO_8859_1));
  }
}
