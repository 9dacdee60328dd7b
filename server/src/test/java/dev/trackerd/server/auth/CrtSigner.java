package dev.trackerd.server.auth;

import static dev.trackerd.server.auth.SignedRequests.KEY_ID;
import static dev.trackerd.server.auth.SignedRequests.SECRET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackerd.server.auth.SignedRequest.Header;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.crt.auth.credentials.Credentials;
import software.amazon.awssdk.crt.auth.signing.AwsSigner;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSignatureType;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSignedBodyHeaderType;
import software.amazon.awssdk.crt.auth.signing.AwsSigningConfig.AwsSigningAlgorithm;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;

/** Signs requests with the library that AWS' own SDKs sign with. */
final class CrtSigner {
  private static final Set<String> ADDED =
      Set.of("x-amz-date", "authorization", "x-amz-content-sha256");

  private static final Credentials CREDENTIALS =
      new Credentials(KEY_ID.getBytes(UTF_8), SECRET.getBytes(UTF_8), null);

  private CrtSigner() {}

  /**
   * Signs a request that has none of the headers to be added.
   *
   * @param hashed whether to add and sign the body's hash as well
   */
  static SignedRequest sign(SignedRequest request, Instant at, boolean hashed) {
    HttpHeader[] headers =
        request.headers().stream()
            .map(h -> new HttpHeader(h.name().getBytes(UTF_8), h.value().getBytes(ISO_8859_1)))
            .toArray(HttpHeader[]::new);
    String target = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    // The signer turns text into UTF-8, and so into the bytes that the target stands for.
    String text = new String(target.getBytes(ISO_8859_1), UTF_8);
    List<Header> signed = new ArrayList<>(request.headers());
    try (AwsSigningConfig config = config(request, at, hashed)) {
      HttpRequest unsigned = new HttpRequest(request.method(), text, headers, null);
      for (HttpHeader header : AwsSigner.signRequest(unsigned, config).get().getHeaders()) {
        if (ADDED.contains(header.getName().toLowerCase())) {
          signed.add(new Header(header.getName(), header.getValue()));
        }
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("can't sign " + text, e);
    }
    return SignedRequests.with(request, signed);
  }

  private static AwsSigningConfig config(SignedRequest request, Instant at, boolean hashed) {
    AwsSigningConfig config = new AwsSigningConfig();
    config.setAlgorithm(AwsSigningAlgorithm.SIGV4);
    config.setSignatureType(AwsSignatureType.HTTP_REQUEST_VIA_HEADERS);
    config.setRegion("us-east-1");
    config.setService("personalize");
    config.setTime(at.toEpochMilli());
    config.setCredentials(CREDENTIALS);
    config.setUseDoubleUriEncode(true);
    config.setShouldNormalizeUriPath(true);
    config.setSignedBodyValue(request.bodySha256());
    config.setSignedBodyHeader(
        hashed ? AwsSignedBodyHeaderType.X_AMZ_CONTENT_SHA256 : AwsSignedBodyHeaderType.NONE);
    return config;
  }
}
