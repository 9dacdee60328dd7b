package dev.trackerd.server.rpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.Sha256;
import io.grpc.Metadata;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.Optional;

/**
 * Functions over the keys by which callers ask for a change once (AIP-155), as calls carry them.
 */
final class IdempotencyKeys {
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> REPLAYED =
      Metadata.Key.of("idempotent-replayed", Metadata.ASCII_STRING_MARSHALLER);
  private static final int MAX_LENGTH = 255;

  private IdempotencyKeys() {}

  /**
   * Returns the key of a call, if it has one.
   *
   * @throws RequestException FIELD_INVALID if it has two, or one of another form
   */
  static Optional<String> find(Metadata headers) {
    Iterable<String> values = headers.getAll(KEY);
    if (values == null) {
      return Optional.empty();
    }
    Iterator<String> each = values.iterator();
    String key = each.next();
    if (each.hasNext()) {
      throw RequestException.field(KEY.name(), "sent more than once (expected: one)");
    }
    if (key.isEmpty()
        || key.length() > MAX_LENGTH
        || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw RequestException.field(
          KEY.name(), "expected: 1 to " + MAX_LENGTH + " visible ASCII characters");
    }
    return Optional.of(key);
  }

  /** The key as the store knows it: that of this request of this method. */
  static IdempotencyKey of(String key, String method, MessageLite request) {
    try {
      MessageDigest digest = Sha256.begin();
      digest.update(method.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      CodedOutputStream out =
          CodedOutputStream.newInstance(
              new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      // Otherwise the fields of a map come in any order.
      out.useDeterministicSerialization();
      request.writeTo(out);
      out.flush();
      return new IdempotencyKey(key, digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has a caller know that the answer is that of an earlier call. */
  static void tellReplay(Metadata headers) {
    headers.put(REPLAYED, "true");
  }
}
