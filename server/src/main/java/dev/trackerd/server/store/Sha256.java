package dev.trackerd.server.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash SHA-256 (FIPS 180-4), which every Java platform has ({@link MessageDigest}). */
public final class Sha256 {
  private Sha256() {}

  /** A hash of nothing yet. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }

  /** The hash of some bytes, 32 bytes. */
  public static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }
}
