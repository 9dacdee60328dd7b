package dev.trackerd.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Checks requests signed with AWS Signature Version 4 in their {@code Authorization} header.
 * Signatures in the query string and session tokens are refused. A signature is good for 15 minutes
 * before and after its date, and can be used again within that time: it is not remembered.
 *
 * <p>Every {@code x-amz-*} header that is present must be signed, the operation's name among them.
 * Thread-safe. Rules: AWS IAM User Guide, "Create a signed AWS API request". Order and texts of
 * refusals are those that AWS' JSON services were seen to use.
 */
public final class SigV4 {
  private static final String SESSION_TOKEN = "x-amz-security-token";
  private static final String BODY_HASH = "x-amz-content-sha256";
  // Stands in for a key that doesn't exist: refusing it takes the same work as a wrong signature.
  private static final String NO_SECRET = "no such key";

  private final String region;
  private final String service;
  private final Function<String, Optional<SigningSecret>> secrets;
  private final Clock clock;
  private final SigningKeys keys;

  /**
   * Makes a verifier for one service in one region.
   *
   * @param region the only one that credentials may name, for example {@code us-east-1}
   * @param service the signing name, for example {@code personalize}
   * @param secrets key id to secret; empty for a key that doesn't exist or was revoked; asked at
   *     every verification that comes so far; what it throws, {@link #verify} throws
   * @param clock what signatures' dates are compared with
   */
  public SigV4(
      String region,
      String service,
      Function<String, Optional<SigningSecret>> secrets,
      Clock clock) {
    this.region = region;
    this.service = service;
    this.secrets = secrets;
    this.clock = clock;
    this.keys = new SigningKeys(region, service);
  }

  /**
   * Returns who signed the request.
   *
   * @throws SignatureRejectedException if its signature is missing, incomplete or wrong, or
   *     nobody's
   */
  public Caller verify(SignedRequest request) {
    CanonicalRequest canonical = CanonicalRequest.of(request);
    String authorization = authorization(request, canonical.query());
    Optional<String> date = request.first("x-amz-date").or(() -> request.first("date"));
    SignatureHeader header = SignatureHeader.parse(authorization, date.isPresent());
    requireSigned(List.of(header.signedHeaders().split(";", -1)), canonical.headerNames());
    SignatureDate signedAt = SignatureDate.parse(date.orElseThrow());
    signedAt.require(clock.instant());
    CredentialScope scope = CredentialScope.parse(header.credential());
    scope.require(region, service, signedAt);
    if (canonical.headerNames().contains(SESSION_TOKEN)
        || canonical.query().has("X-Amz-Security-Token")) {
      throw SignatureRejectedException.unrecognized();
    }
    String hash = canonical.sha256(header.signedHeaders());
    String signed =
        String.join("\n", SignatureHeader.ALGORITHM, signedAt.toString(), scope.toString(), hash);
    boolean sameBody =
        request.bodySha256().equals(canonical.headerOr(BODY_HASH, request.bodySha256()));
    return signer(scope, signed, header.signature(), sameBody);
  }

  private static String authorization(SignedRequest request, CanonicalQuery query) {
    Optional<String> header = request.first("authorization");
    boolean presigned = query.has("X-Amz-Algorithm");
    if (header.isPresent() && presigned) {
      throw SignatureRejectedException.invalid(
          "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP"
              + " header.");
    }
    if (presigned) {
      throw SignatureRejectedException.incomplete(
          "Signatures in the query string are not supported: 'Authorization' header required.");
    }
    return header.orElseThrow(SignatureRejectedException::missing);
  }

  /** Checks which headers are signed: names in lower case and in order, none of them absent. */
  private static void requireSigned(List<String> signed, Set<String> present) {
    for (int i = 0; i < signed.size(); i++) {
      boolean ordered = i == 0 || signed.get(i - 1).compareTo(signed.get(i)) < 0;
      // What is present is in lower case.
      if (!ordered || !present.contains(signed.get(i))) {
        throw SignatureRejectedException.mismatch();
      }
    }
    requireSigned("Host", signed.contains("host"));
    Set<String> names = Set.copyOf(signed);
    for (String name : new TreeSet<>(present)) {
      // Some clients add a session token when they have signed; it is refused further on.
      boolean exempt = !name.startsWith("x-amz-") || name.equals(SESSION_TOKEN);
      requireSigned(name, exempt || names.contains(name));
    }
  }

  private static void requireSigned(String name, boolean isSigned) {
    if (!isSigned) {
      throw SignatureRejectedException.invalid(
          "'%s' must be a 'SignedHeader' in the AWS Authorization.", name);
    }
  }

  private Caller signer(CredentialScope scope, String text, String signature, boolean sameBody) {
    Optional<SigningSecret> found = secrets.apply(scope.keyId());
    String keyId = found.isPresent() ? scope.keyId() : "";
    String secret = found.map(SigningSecret::secret).orElse(NO_SECRET);
    String expected = HexFormat.of().formatHex(keys.sign(text, keyId, secret, scope.date()));
    boolean same =
        MessageDigest.isEqual(expected.getBytes(ISO_8859_1), signature.getBytes(ISO_8859_1));
    SigningSecret known = found.orElseThrow(SignatureRejectedException::unrecognized);
    if (!same || !sameBody) {
      throw SignatureRejectedException.mismatch();
    }
    return new Caller(known.account(), scope.keyId());
  }
}
