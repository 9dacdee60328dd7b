package dev.trackerd.server.auth;

import static dev.trackerd.server.auth.SignatureRejectedException.Kind.INCOMPLETE_SIGNATURE;
import static dev.trackerd.server.auth.SignatureRejectedException.Kind.INVALID_SIGNATURE;
import static dev.trackerd.server.auth.SignatureRejectedException.Kind.MISSING_AUTHENTICATION_TOKEN;
import static dev.trackerd.server.auth.SignedRequests.authorized;
import static dev.trackerd.server.auth.SignedRequests.fromAwsCli;
import static dev.trackerd.server.auth.SignedRequests.sign;
import static dev.trackerd.server.auth.SignedRequests.with;
import static dev.trackerd.server.auth.SignedRequests.withTarget;
import static dev.trackerd.server.auth.SignedRequests.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trackerd.server.auth.SignatureRejectedException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a secret is looked for: the texts, and which comes first. */
class SigV4RefusalsTest {
  private static final String NO_CREDENTIAL =
      "Authorization header requires 'Credential' parameter. ";
  private static final String NO_SIGNATURE =
      "Authorization header requires 'Signature' parameter. ";
  private static final String NO_SIGNED_HEADERS =
      "Authorization header requires 'SignedHeaders' parameter. ";
  private static final String NO_DATE =
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";

  @Test
  void kinds_areNamedAsByAws() {
    assertThat(Arrays.stream(Kind.values()).map(Kind::type))
        .containsExactly(
            "MissingAuthenticationTokenException",
            "IncompleteSignatureException",
            "InvalidSignatureException",
            "UnrecognizedClientException");
  }

  @Test
  void verify_refusesRequestWithoutSignature() {
    assertRefused(
        without(fromAwsCli(), "authorization"),
        MISSING_AUTHENTICATION_TOKEN,
        "Missing Authentication Token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Amz-Algorithm=AWS4-HMAC-SHA256", "a=1&X-Amz-Algorithm", "X%2DAmz%2dAlgorithm="})
  void verify_refusesQueryStringSignature(String query) {
    SignedRequest both = withTarget(fromAwsCli(), "/", query);
    assertRefused(
        both,
        INVALID_SIGNATURE,
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    assertRefused(
        without(both, "authorization"),
        INCOMPLETE_SIGNATURE,
        "Signatures in the query string are not supported: 'Authorization' header required.");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS4-HMAC-SHA25 Credential=a, AWS4-HMAC-SHA25",
    "AWS4-HMAC-SHA256x, AWS4-HMAC-SHA256x",
    "aws4-hmac-sha256 x, …",
    "AWS key:signature, AWS",
    "Bearer 0123456789, …",
    "0123456789, …",
    "'', …"
  })
  void verify_refusesOtherSchemes(String value, String quoted) {
    assertRefused(
        with(fromAwsCli(), "authorization", value),
        INCOMPLETE_SIGNATURE,
        "Unsupported AWS 'algorithm': '" + quoted + "' (only AWS4-HMAC-SHA256 for now). ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AWS4-HMAC-SHA256                                         | CGS
          AWS4-HMAC-SHA256 Credential=a                            | GS
          AWS4-HMAC-SHA256 Credential=a, Signature=b               | S
          AWS4-HMAC-SHA256 SignedHeaders=c, Signature=b            | C
          AWS4-HMAC-SHA256 SignedHeaders=c,Credential=a            | G
          AWS4-HMAC-SHA256 Credential=a,SignedHeaders=,Signature=b | S
          AWS4-HMAC-SHA256 credential=a,SignedHeaders=c,Signature= | CG
          """)
  void verify_refusesMissingParts(String value, String missing) {
    String expected =
        missing
            .replace("C", NO_CREDENTIAL.replace("S", "\0"))
            .replace("G", NO_SIGNATURE.replace("S", "\0"))
            .replace("S", NO_SIGNED_HEADERS)
            .replace("\0", "S");
    SignedRequest request = with(fromAwsCli(), "authorization", value);
    assertRefused(request, INCOMPLETE_SIGNATURE, expected + "Authorization=" + value);
    assertRefused(
        without(request, "x-amz-date"),
        INCOMPLETE_SIGNATURE,
        expected + NO_DATE + "Authorization=" + value);
  }

  @Test
  void verify_refusesMissingDate() {
    String value = fromAwsCli().first("authorization").orElseThrow();
    assertRefused(
        without(fromAwsCli(), "x-amz-date"),
        INCOMPLETE_SIGNATURE,
        NO_DATE + "Authorization=" + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Credential", "", "Credential=a,,Signature=b"})
  void verify_refusesPartsWithoutEqualSign(String parts) {
    String value = "AWS4-HMAC-SHA256 Date, " + parts;
    assertRefused(
        with(fromAwsCli(), "authorization", value),
        INCOMPLETE_SIGNATURE,
        "'Date' not a valid key=value pair (missing equal-sign) in Authorization header: '"
            + value.strip()
            + "'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "201",
        "",
        "2026-11-20T09:30:03Z",
        "20261120T093003",
        "20261120t093003z",
        "20260230T093003Z",
        "20261120T240000Z",
        "20261120T093060Z",
        "+20261120T093003Z",
        "20261120T093003Z,20261120T093003Z",
        "Fri, 20 Nov 2026 09:30:03 GMT"
      })
  void verify_refusesDatesOfAnotherForm(String date) {
    String message =
        "Date must be in ISO-8601 'basic format'. Got '"
            + date
            + "'. See http://en.wikipedia.org/wiki/ISO_8601";
    assertRefused(with(fromAwsCli(), "x-amz-date", date), INCOMPLETE_SIGNATURE, message);
  }

  @ParameterizedTest
  @CsvSource({
    "a/b/c/d",
    "AKIDEXAMPLE/20261120/us-east-1/personalize/aws4_request/",
    "AKID/EXAMPLE/20261120/us-east-1/personalize/aws4_request",
    "AKIDEXAMPLE"
  })
  void verify_refusesCredentialsOfOtherThanFiveParts(String credential) {
    assertRefused(
        scoped(credential),
        INCOMPLETE_SIGNATURE,
        "Credential must have exactly 5 slash-delimited elements, e.g."
            + " keyid/date/region/service/term, got '"
            + credential
            + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          20261120/x/personalize/aws4_request | `Credential should be scoped to a valid region, not 'x'. `
          20261120//personalize/aws4_request | `Credential should be scoped to a valid region, not ''. `
          20261120/US-EAST-1/personalize/aws4_request | `Credential should be scoped to a valid region, not 'US-EAST-1'. `
          20261120/us-east-1/s3/aws4_request | `Credential should be scoped to correct service: 'personalize'. `
          20261120/us-east-1/personalize/aws4 | `Credential should be scoped with a valid terminator: 'aws4_request', not 'aws4'. `
          20261119/us-east-1/personalize/aws4_request | `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261119' != '20261120', from '20261120T093003Z'.`
          b/%s/d/e | `Credential should be scoped to a valid region, not '%s'. Credential should be scoped to correct service: 'personalize'. Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20261120', from '20261120T093003Z'.`
          """)
  void verify_refusesOtherScopes(String scope, String message) {
    assertRefused(scoped("AKIDEXAMPLE/" + scope), INVALID_SIGNATURE, message);
  }

  @Test
  void verify_checksInOrder() {
    SignedRequest request = without(sign(fromAwsCli(), "x-amz-date;x-amz-target"), "x-amz-date");
    request = scoped(request, "a/b");
    assertRefusedWith(request, NO_DATE);
    request = with(request, "x-amz-date", "19700101T000000");
    assertRefusedWith(request, "'Host' must be");
    request = authorized(request, "SignedHeaders=", "SignedHeaders=host;");
    assertRefusedWith(request, "Date must be");
    request = with(request, "x-amz-date", "19700101T000000Z");
    assertRefusedWith(request, "Signature expired");
    request = with(request, "x-amz-date", "20261120T093003Z");
    assertRefusedWith(request, "Credential must have");
    request = with(scoped(request, "a/b/c/d/e"), "x-amz-security-token", "x");
    assertRefusedWith(request, "Credential should be");
    request = scoped(request, "a/20261120/us-east-1/personalize/aws4_request");
    assertRefusedWith(request, "The security token");
  }

  @Test
  void verify_quotesLongTextsInPart() {
    String region = "r".repeat(15_000);
    SignedRequest request = scoped("AKIDEXAMPLE/20261120/" + region + "/personalize/aws4_request");
    assertRefused(
        request,
        INVALID_SIGNATURE,
        "Credential should be scoped to a valid region, not '" + "r".repeat(512) + "…'. ");
  }

  private static SignedRequest scoped(String credential) {
    return scoped(fromAwsCli(), credential);
  }

  private static SignedRequest scoped(SignedRequest request, String credential) {
    String value = request.first("authorization").orElseThrow();
    return with(request, "authorization", value.replaceFirst("=[^,]*,", "=" + credential + ","));
  }

  private static void assertRefusedWith(SignedRequest request, String beginning) {
    assertThatExceptionOfType(SignatureRejectedException.class)
        .isThrownBy(() -> verify(request))
        .withMessageStartingWith(beginning);
  }

  private static void assertRefused(SignedRequest request, Kind kind, String message) {
    assertThatExceptionOfType(SignatureRejectedException.class)
        .isThrownBy(() -> verify(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .withMessage(message);
  }

  private static void verify(SignedRequest request) {
    Clock clock = Clock.fixed(Instant.parse("2026-11-20T09:30:03Z"), ZoneOffset.UTC);
    new SigV4(
            "us-east-1",
            "personalize",
            id -> {
              throw new AssertionError("asked for the secret of " + id);
            },
            clock)
        .verify(request);
  }
}
