package dev.trackerd.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.trackerd.server.store.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes and reads the tokens of one {@link TokenForm}: JWTs signed with HS256 (RFC 7519, RFC 7515)
 * by a key derived from the master key. Looks at no clock and no store. Thread-safe.
 */
final class TokenCodec {
  private static final String ISSUER = "trackerd";
  // RFC 9068 and RFC 8693 call whom a token was issued to its client_id.
  private static final String KEY_ID = "client_id";

  private final TokenForm form;
  private final JWSHeader header;
  private final JWSSigner signer;

  private TokenCodec(TokenForm form, JWSHeader header, JWSSigner signer) {
    this.form = form;
    this.header = header;
    this.signer = signer;
  }

  static TokenCodec of(MasterKey master, TokenForm form) {
    try {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType(form.type())).build();
      // Parsed back, since only a parsed header keeps the bytes that are compared below.
      return new TokenCodec(
          form,
          JWSHeader.parse(header.toBase64URL()),
          new MACSigner(master.derive("token/" + form.type(), 32)));
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException("HS256 is missing from this Java runtime", e);
    }
  }

  /** What a good signature vouches for. */
  record Claims(Caller caller, Instant issuedAt, Instant expiresAt) {
    /** How far the clock of another process may be ahead. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    void require(Instant now) throws Refused {
      if (!now.isBefore(expiresAt)) {
        throw new Refused("expired");
      }
      if (issuedAt.isAfter(now.plus(CLOCK_SKEW))) {
        throw new Refused("issued in the future");
      }
    }
  }

  /** Whether a token says of itself that it is of this codec's form, or of one of the same type. */
  boolean isOfType(String token) {
    return token.startsWith(header.toBase64URL() + ".");
  }

  String sign(Claims claims) {
    JWTClaimsSet set =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(form.audience())
            .subject(claims.caller().account().value())
            .claim(KEY_ID, claims.caller().keyId())
            .issueTime(Date.from(claims.issuedAt()))
            .expirationTime(Date.from(claims.expiresAt()))
            .jwtID(UUID.randomUUID().toString())
            .build();
    SignedJWT token = new SignedJWT(header, set);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("a token can't be signed", e);
    }
    return token.serialize();
  }

  /**
   * Reads a token that {@link #sign} made with the same master key. All tokens of a form have the
   * same header, so any other is refused unread: no algorithm, key or extension is ever taken from
   * a token. The claims are looked at after the signature.
   *
   * @throws Refused if it is anything else; whether it has expired is for the caller to see
   */
  Claims read(String token) throws Refused {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new Refused("not three parts");
    }
    if (!parts[0].equals(header.toBase64URL().toString())) {
      throw new Refused("header");
    }
    if (!MessageDigest.isEqual(bytes(signature(parts[0] + "." + parts[1])), bytes(parts[2]))) {
      throw new Refused("signature");
    }
    try {
      return claims(JSONObjectUtils.parse(new Base64URL(parts[1]).decodeToString()));
    } catch (ParseException | IllegalArgumentException e) {
      throw new Refused("claims");
    }
  }

  // Compared in its text form: base64 has several spellings for the same bytes, and a decoder that
  // skips what it doesn't know has many more. A token has one.
  private String signature(String input) {
    try {
      return signer.sign(header, bytes(input)).toString();
    } catch (JOSEException e) {
      throw new IllegalStateException("a signature can't be computed", e);
    }
  }

  private Claims claims(Map<String, Object> json) throws Refused, ParseException {
    if (json == null) {
      throw new Refused("claims are null");
    }
    JWTClaimsSet set = JWTClaimsSet.parse(json);
    if (!ISSUER.equals(set.getIssuer())) {
      throw new Refused("iss");
    }
    if (!List.of(form.audience()).equals(set.getAudience())) {
      throw new Refused("aud");
    }
    // Not by the set, which makes a text of a number.
    String subject = JSONObjectUtils.getString(json, "sub");
    String keyId = JSONObjectUtils.getString(json, KEY_ID);
    if (subject == null || keyId == null || !NewApiKey.isId(keyId)) {
      throw new Refused("sub or " + KEY_ID);
    }
    if (set.getIssueTime() == null || set.getExpirationTime() == null) {
      throw new Refused("iat or exp missing");
    }
    Instant issuedAt = set.getIssueTime().toInstant();
    Instant expiresAt = set.getExpirationTime().toInstant();
    if (!expiresAt.equals(issuedAt.plus(form.lifetime()))) {
      throw new Refused("lifetime");
    }
    return new Claims(new Caller(new AccountId(subject), keyId), issuedAt, expiresAt);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Why a token was refused, for the log. */
  static final class Refused extends Exception {
    Refused(String reason) {
      super(reason, null, false, false);
    }
  }
}
