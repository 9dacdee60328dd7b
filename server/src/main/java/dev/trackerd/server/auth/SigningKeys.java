package dev.trackerd.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that sign a day's requests to one service in one region: secret → date → region →
 * service → {@code aws4_request}. The last ones used are remembered. Thread-safe.
 */
final class SigningKeys {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int REMEMBERED = 1_000;

  private record Id(String keyId, String date) {}

  /** Not a record: its text would show the secret. */
  private static final class Derived {
    final String secret;
    final SecretKeySpec key;

    Derived(String secret, SecretKeySpec key) {
      this.secret = secret;
      this.key = key;
    }
  }

  private final String region;
  private final String service;
  private final Map<Id, Derived> derived =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Derived> eldest) {
          return size() > REMEMBERED;
        }
      };

  SigningKeys(String region, String service) {
    this.region = region;
    this.service = service;
  }

  /** Returns the HMAC-SHA256 of {@code text} by the signing key of that day. */
  byte[] sign(String text, String keyId, String secret, String date) {
    return hmac(key(new Id(keyId, date), secret), text);
  }

  int remembered() {
    synchronized (derived) {
      return derived.size();
    }
  }

  private SecretKeySpec key(Id id, String secret) {
    synchronized (derived) {
      Derived known = derived.get(id);
      // A key id may come back with another secret, in another store say.
      if (known != null && known.secret.equals(secret)) {
        return known.key;
      }
    }
    SecretKeySpec key = derive(secret, id.date());
    synchronized (derived) {
      derived.put(id, new Derived(secret, key));
    }
    return key;
  }

  private SecretKeySpec derive(String secret, String date) {
    SecretKeySpec key = new SecretKeySpec(("AWS4" + secret).getBytes(UTF_8), ALGORITHM);
    for (String part : new String[] {date, region, service, CredentialScope.TERMINATOR}) {
      key = new SecretKeySpec(hmac(key, part), ALGORITHM);
    }
    return key;
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is missing from this Java runtime", e);
    }
  }
}
