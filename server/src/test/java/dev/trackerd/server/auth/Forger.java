package dev.trackerd.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Puts tokens together by hand, so that they may be wrong in ways no library allows. */
final class Forger {
  static final String HEADER = "{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}";

  private final byte[] key;

  /** Signs with the very key that the server signs access tokens with. */
  Forger(MasterKey master) {
    key = master.derive("token/at+jwt", 32);
  }

  String token(String header, String payload) {
    return token("HmacSHA256", header, payload);
  }

  String token(String algorithm, String header, String payload) {
    String input = encode(header.getBytes(UTF_8)) + "." + encode(payload.getBytes(UTF_8));
    return input + "." + encode(mac(algorithm, key, input));
  }

  static byte[] mac(String algorithm, byte[] key, String input) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(input.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String decode(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }
}
