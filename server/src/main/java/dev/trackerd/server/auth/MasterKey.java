package dev.trackerd.server.auth;

import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The one secret that all others come from: it seals the secrets of API keys and signs access
 * tokens, each by a key derived for that purpose alone. Processes that share it accept each other's
 * tokens. Immutable and thread-safe.
 */
public final class MasterKey {
  static final int BYTES = 32;

  private final byte[] key;

  private MasterKey(byte[] key) {
    this.key = key;
  }

  /**
   * Takes the key of a data directory, the file {@code master.key}, which is made on first use
   * together with the directory.
   *
   * @throws MasterKeyException if the file can't be read or made, others than its owner may read
   *     it, or it holds no key
   */
  public static MasterKey open(Path dataDirectory) {
    return new MasterKey(MasterKeyFile.in(dataDirectory).readOrMake());
  }

  /** Whether a data directory has a key, so that {@link #open} would not make one. */
  public static boolean isIn(Path dataDirectory) {
    return Files.exists(MasterKeyFile.in(dataDirectory).path());
  }

  /**
   * Takes the key that a file holds, in the form that {@link #parse} takes.
   *
   * @throws MasterKeyException if the file can't be read, others than its owner may read it, or it
   *     holds no key
   */
  public static MasterKey read(Path file) {
    return new MasterKey(new MasterKeyFile(file).read());
  }

  /**
   * Takes the key that was handed in.
   *
   * @param base64 32 bytes in base64 (RFC 4648, section 4), as {@code TRACKERD_MASTER_KEY} holds
   *     them; white space around it is ignored
   * @throws MasterKeyException if it is not a key
   */
  public static MasterKey parse(String base64) {
    return new MasterKey(decode(base64, "TRACKERD_MASTER_KEY"));
  }

  /** Decodes 32 bytes of base64; a failure names {@code source}, never the text. */
  static byte[] decode(String text, String source) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      // Not as the cause: its message quotes a character of the key.
      throw new MasterKeyException(source + ": not base64 (expected: 32 bytes, 44 characters)");
    }
    if (bytes.length != BYTES) {
      throw new MasterKeyException(
          source + ": " + bytes.length + " bytes (expected: 32 bytes in base64, 44 characters)");
    }
    return bytes;
  }

  /**
   * Derives a key by HKDF-SHA256 (RFC 5869), with the purpose as info and no salt.
   *
   * @param purpose keys for different purposes have nothing in common
   * @param bytes how long, at most 8,160
   * @return a fresh array
   */
  public byte[] derive(String purpose, int bytes) {
    try {
      byte[] info = ("trackerd/" + purpose).getBytes(StandardCharsets.UTF_8);
      return Hkdf.computeHkdf("HMACSHA256", key, new byte[0], info, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing from this Java runtime", e);
    }
  }

  /** 32 bytes that tell this key from any other and reveal nothing of it. */
  byte[] proof() {
    return derive("proof", BYTES);
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "MasterKey";
  }
}
