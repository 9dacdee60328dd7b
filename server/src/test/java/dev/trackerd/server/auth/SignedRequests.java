package dev.trackerd.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackerd.server.auth.SignedRequest.Header;
import dev.trackerd.server.store.AccountId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests, their changes, and a signer for {@code POST /} that signs what it is told to. */
public final class SignedRequests {
  /** The pair that AWS' documentation uses throughout. */
  public static final String KEY_ID = "AKIDEXAMPLE";

  public static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  public static final AccountId ACCOUNT = new AccountId("000000000000");
  public static final Caller CALLER = new Caller(ACCOUNT, KEY_ID);

  private SignedRequests() {}

  static Optional<SigningSecret> secret(String keyId) {
    return keyId.equals(KEY_ID)
        ? Optional.of(new SigningSecret(ACCOUNT, SECRET))
        : Optional.empty();
  }

  /** The request that aws-cli 1.45.11 sent to delete an event tracker, byte for byte. */
  public static SignedRequest fromAwsCli() {
    return new SignedRequest(
        "POST",
        "/",
        "",
        List.of(
            new Header("Host", "127.0.0.1:18099"),
            new Header("X-Amz-Target", "AmazonPersonalize.DeleteEventTracker"),
            new Header("Content-Type", "application/x-amz-json-1.1"),
            new Header("X-Amz-Date", "20261120T093003Z"),
            new Header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/us-east-1/personalize/aws4_request,"
                    + " SignedHeaders=content-type;host;x-amz-date;x-amz-target,"
                    + " Signature=2b9514691f9ac6aaca90de533da59a99"
                    + "98c214fedbfd7085a49c47c64b289feb"),
            new Header("Content-Length", "88")),
        sha256(
            "{\"eventTrackerArn\":"
                + " \"arn:aws:personalize:us-east-1:000000000000:event-tracker/abc12345\"}"));
  }

  public static SignedRequest with(SignedRequest request, String name, String value) {
    List<Header> headers = new ArrayList<>(request.headers());
    headers.replaceAll(h -> h.name().equalsIgnoreCase(name) ? new Header(h.name(), value) : h);
    if (request.first(name).isEmpty()) {
      headers.add(new Header(name, value));
    }
    return with(request, headers);
  }

  public static SignedRequest without(SignedRequest request, String name) {
    List<Header> headers = new ArrayList<>(request.headers());
    headers.removeIf(header -> header.name().equalsIgnoreCase(name));
    return with(request, headers);
  }

  public static SignedRequest with(SignedRequest request, List<Header> headers) {
    return new SignedRequest(
        request.method(), request.path(), request.query(), headers, request.bodySha256());
  }

  static SignedRequest withTarget(SignedRequest request, String path, String query) {
    return new SignedRequest(
        request.method(), path, query, request.headers(), request.bodySha256());
  }

  static SignedRequest withBody(SignedRequest request, String body) {
    return new SignedRequest(
        request.method(), request.path(), request.query(), request.headers(), sha256(body));
  }

  /** Replaces a piece of the Authorization header, which must be there. */
  public static SignedRequest authorized(SignedRequest request, String piece, String other) {
    String value = request.first("authorization").orElseThrow();
    if (!value.contains(piece)) {
      throw new IllegalArgumentException(piece + " is not in " + value);
    }
    return with(request, "authorization", value.replace(piece, other));
  }

  /** Signs again, these headers, whether that is allowed or not; an absent one as if empty. */
  public static SignedRequest sign(SignedRequest request, String signedHeaders) {
    String date = request.first("x-amz-date").or(() -> request.first("date")).orElseThrow();
    String scope = date.substring(0, 8) + "/us-east-1/personalize/aws4_request";
    String lines =
        List.of(signedHeaders.split(";")).stream()
            .map(name -> name + ":" + values(request, name) + "\n")
            .collect(Collectors.joining());
    String canonical = "POST\n/\n\n" + lines + "\n" + signedHeaders + "\n" + request.bodySha256();
    String text = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256(canonical);
    byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return with(
        request,
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(KEY_ID, scope, signedHeaders, HexFormat.of().formatHex(hmac(key, text))));
  }

  static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String values(SignedRequest request, String name) {
    return request.headers().stream()
        .filter(h -> h.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .map(Header::value)
        .collect(Collectors.joining(","));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
