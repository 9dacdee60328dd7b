package dev.trackerd.server.rpc;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.v1.ErrorReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and reads page tokens: the place that a page ended with, signed for one list of one
 * account, so that a token which was altered or belongs to another list or account is refused
 * instead of starting over (AIP-158). Thread-safe; every replica with the same key accepts the
 * tokens of the others.
 */
public final class PageTokens {
  private static final String TRACKERS = "";
  private static final int SIGNATURE_BYTES = 16;

  private final SecretKeySpec key;

  /**
   * Tokens signed with {@code key}.
   *
   * @param key 32 secret bytes that all replicas share
   */
  public PageTokens(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** A token for the page that follows {@code lastId}. */
  public String of(AccountId account, long lastId) {
    return of(account, TRACKERS, lastId);
  }

  /**
   * A token for the page that follows {@code place}.
   *
   * @param list names the list and its filter
   */
  public String of(AccountId account, String list, long place) {
    ByteBuffer token = ByteBuffer.allocate(Long.BYTES + SIGNATURE_BYTES);
    token.putLong(place).put(sign(account, list, place));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /**
   * The id that the page before ended with; 0 for the empty token, which asks for the first page.
   *
   * @throws RequestException PAGE_TOKEN_INVALID if the token was not made for this account
   */
  public long parse(AccountId account, String token) {
    if (token.isEmpty()) {
      return 0;
    }
    return read(account, TRACKERS, token).orElseThrow(PageTokens::invalid);
  }

  /** The place in a token; empty if it was not made for this list of this account. */
  public OptionalLong read(AccountId account, String list, String token) {
    ByteBuffer bytes = decode(token);
    if (bytes.remaining() != Long.BYTES + SIGNATURE_BYTES) {
      return OptionalLong.empty();
    }
    long place = bytes.getLong();
    byte[] signature = new byte[SIGNATURE_BYTES];
    bytes.get(signature);
    return MessageDigest.isEqual(sign(account, list, place), signature)
        ? OptionalLong.of(place)
        : OptionalLong.empty();
  }

  private byte[] sign(AccountId account, String list, long place) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      // Account and place are of fixed length: no two triples have the same bytes.
      mac.update(account.value().getBytes(StandardCharsets.US_ASCII));
      mac.update(list.getBytes(StandardCharsets.UTF_8));
      byte[] whole = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(place).array());
      return Arrays.copyOf(whole, SIGNATURE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static ByteBuffer decode(String token) {
    try {
      return ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException e) {
      return ByteBuffer.allocate(0);
    }
  }

  private static RequestException invalid() {
    String expected = "expected: what the page before named as the next one, or none";
    return RequestException.fields(
        ErrorReason.PAGE_TOKEN_INVALID,
        List.of(new RequestException.Violation("page_token", expected)));
  }
}
