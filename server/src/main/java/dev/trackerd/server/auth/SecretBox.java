package dev.trackerd.server.auth;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Seals the secrets of API keys by AES-256-GCM. The key id is bound into the seal: a sealed secret
 * that is moved to another key's row does not open. Thread-safe.
 */
final class SecretBox {
  private final Aead aead;

  private SecretBox(Aead aead) {
    this.aead = aead;
  }

  static SecretBox of(MasterKey master) {
    try {
      return new SecretBox(new AesGcmJce(master.derive("api-key-secrets", 32)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is missing from this Java runtime", e);
    }
  }

  byte[] seal(String keyId, String secret) {
    try {
      return aead.encrypt(bytes(secret), bytes(keyId));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the secret of a key can't be sealed", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws MasterKeyException if it was sealed for another id or by another key, or is damaged
   */
  String open(String keyId, byte[] sealed) {
    try {
      return new String(aead.decrypt(sealed, bytes(keyId)), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new MasterKeyException("key " + keyId + ": its sealed secret is damaged", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
