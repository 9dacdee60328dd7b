package dev.trackerd.server.auth;

import dev.trackerd.server.store.ApiKey;
import java.security.MessageDigest;
import java.util.Optional;

/** Tells whether what a store keeps of keys was sealed by a master key. Thread-safe. */
public final class KeyCheck {
  private final byte[] proof;
  private final SecretBox box;

  private KeyCheck(byte[] proof, SecretBox box) {
    this.proof = proof;
    this.box = box;
  }

  /** A check by this master key. */
  public static KeyCheck of(MasterKey master) {
    return new KeyCheck(master.proof(), SecretBox.of(master));
  }

  /** What is wrong with the proof that a store holds, if anything. */
  public Optional<String> fault(byte[] stored) {
    return MessageDigest.isEqual(proof, stored)
        ? Optional.empty()
        : Optional.of("the master key is not the one that this store was made with");
  }

  /** What is wrong with the sealed secret of a key, if anything. */
  public Optional<String> fault(ApiKey key) {
    try {
      box.open(key.id(), key.sealedSecret());
      return Optional.empty();
    } catch (MasterKeyException e) {
      return Optional.of("the master key does not open its secret");
    }
  }
}
