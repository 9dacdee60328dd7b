package dev.trackerd.server.auth;

import static dev.trackerd.server.auth.SignedRequests.ACCOUNT;
import static dev.trackerd.server.auth.SignedRequests.CALLER;
import static dev.trackerd.server.auth.SignedRequests.KEY_ID;
import static dev.trackerd.server.auth.SignedRequests.authorized;
import static dev.trackerd.server.auth.SignedRequests.fromAwsCli;
import static dev.trackerd.server.auth.SignedRequests.sha256;
import static dev.trackerd.server.auth.SignedRequests.sign;
import static dev.trackerd.server.auth.SignedRequests.with;
import static dev.trackerd.server.auth.SignedRequests.withBody;
import static dev.trackerd.server.auth.SignedRequests.withTarget;
import static dev.trackerd.server.auth.SignedRequests.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trackerd.server.auth.SignatureRejectedException.Kind;
import dev.trackerd.server.auth.SignedRequest.Header;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are accepted, and which are not although the right secret signed them. */
class SigV4Test {
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";
  private static final String INVALID_TOKEN =
      "The security token included in the request is invalid.";

  private final List<String> asked = new ArrayList<>();

  @Test
  void verify_acceptsWhatAwsCliSent() {
    assertThat(at("2026-11-20T09:30:03Z").verify(fromAwsCli())).isEqualTo(CALLER);
    assertThat(asked).containsExactly(KEY_ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-11-20T09:15:03Z", "2026-11-20T09:45:03Z", "2026-11-20T09:45:03.999Z"})
  void verify_acceptsDatesUpToFifteenMinutesAway(String now) {
    assertThat(at(now).verify(fromAwsCli())).isEqualTo(CALLER);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T09:45:04Z, Signature expired: 20261120T093003Z is now earlier than"
        + " 20261120T093004Z (20261120T094504Z - 15 min.)",
    "2026-11-20T09:15:02.999Z, Signature not yet current: 20261120T093003Z is still later than"
        + " 20261120T093002Z (20261120T091502Z + 15 min.)",
    "2027-11-20T09:30:03Z, Signature expired: 20261120T093003Z is now earlier than"
        + " 20271120T091503Z (20271120T093003Z - 15 min.)"
  })
  void verify_refusesDatesMoreThanFifteenMinutesAway(String now, String message) {
    assertRefused(at(now), fromAwsCli(), Kind.INVALID_SIGNATURE, message);
  }

  @Test
  void verify_acceptsDateHeaderInPlaceOfAmzDate() {
    SignedRequest dated = with(without(fromAwsCli(), "x-amz-date"), "Date", "20261120T093003Z");
    assertThat(now().verify(sign(dated, "date;host;x-amz-target"))).isEqualTo(CALLER);
    // Not listed, but part of what is signed all the same.
    SignedRequest unlisted = sign(dated, "host;x-amz-target");
    assertThat(now().verify(unlisted)).isEqualTo(CALLER);
    assertMismatch(with(unlisted, "Date", "20261120T093004Z"));
  }

  @Test
  void verify_countsFirstAuthorizationOnly() {
    List<Header> headers = new ArrayList<>(fromAwsCli().headers());
    headers.add(new Header("authorization", "Bearer x"));
    assertThat(now().verify(with(fromAwsCli(), headers))).isEqualTo(CALLER);
    Collections.reverse(headers);
    assertRefused(
        now(),
        with(fromAwsCli(), headers),
        Kind.INCOMPLETE_SIGNATURE,
        "Unsupported AWS 'algorithm': '…' (only AWS4-HMAC-SHA256 for now). ");
  }

  @Test
  void verify_countsLastOfRepeatedPartsAndIgnoresSpaces() {
    SignedRequest spaced = authorized(fromAwsCli(), ", Signature=", ",\tSignature=bad ,Signature=");
    assertThat(now().verify(spaced)).isEqualTo(CALLER);
    SignedRequest dense = authorized(fromAwsCli(), ", ", ",");
    assertThat(now().verify(dense)).isEqualTo(CALLER);
  }

  @Test
  void verify_takesAuthorityForHost() {
    List<Header> headers = new ArrayList<>(without(fromAwsCli(), "host").headers());
    headers.add(0, new Header(":authority", "127.0.0.1:18099"));
    assertThat(now().verify(with(fromAwsCli(), headers))).isEqualTo(CALLER);
  }

  @Test
  void verify_refusesEveryOtherSignature() {
    String signature = fromAwsCli().first("authorization").orElseThrow().split("Signature=")[1];
    for (int i = 0; i < 64; i++) {
      char other = signature.charAt(i) == '0' ? '1' : '0';
      String changed = signature.substring(0, i) + other + signature.substring(i + 1);
      assertMismatch(authorized(fromAwsCli(), signature, changed));
    }
    assertMismatch(authorized(fromAwsCli(), signature, signature.substring(0, 63)));
    assertMismatch(authorized(fromAwsCli(), signature, signature + "0"));
    assertMismatch(authorized(fromAwsCli(), signature, signature.toUpperCase()));
    assertMismatch(authorized(fromAwsCli(), signature, "é"));
  }

  @Test
  void verify_refusesAlteredRequest() {
    SignedRequest cli = fromAwsCli();
    assertMismatch(withBody(cli, "{}"));
    assertMismatch(withTarget(cli, "/x", ""));
    assertMismatch(withTarget(cli, "/", "x"));
    assertMismatch(with(cli, "x-amz-target", "AmazonPersonalize.DescribeEventTracker"));
    assertMismatch(with(cli, "host", "127.0.0.1"));
    assertMismatch(with(cli, "content-type", "application/x-amz-json-1.0"));
    assertMismatch(with(cli, "x-amz-date", "20261120T093004Z"));
    assertMismatch(without(cli, "content-type"));
    assertMismatch(new SignedRequest("PUT", "/", "", cli.headers(), cli.bodySha256()));
    List<Header> twice = new ArrayList<>(cli.headers());
    twice.add(new Header("X-Amz-Target", "AmazonPersonalize.DeleteEventTracker"));
    assertMismatch(with(cli, twice));
  }

  @Test
  void verify_acceptsUnsignedHeadersThatMayChangeOnTheWay() {
    SignedRequest cli = with(fromAwsCli(), "Content-Length", "89");
    cli = with(with(cli, "x-amzn-trace-id", "Root=1"), "amz-sdk-request", "attempt=2");
    assertThat(now().verify(cli)).isEqualTo(CALLER);
  }

  @ParameterizedTest
  @CsvSource({
    "content-type;host;x-amz-date, x-amz-target",
    "content-type;host;x-amz-target, x-amz-date",
    "content-type;x-amz-date;x-amz-target, Host"
  })
  void verify_refusesUnsignedHeader(String signedHeaders, String missing) {
    assertRefused(
        now(),
        sign(fromAwsCli(), signedHeaders),
        Kind.INVALID_SIGNATURE,
        "'" + missing + "' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void verify_refusesAddedAmzHeader() {
    assertRefused(
        now(),
        with(fromAwsCli(), "X-Amz-Meta", ""),
        Kind.INVALID_SIGNATURE,
        "'x-amz-meta' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host;content-type;x-amz-date;x-amz-target",
        "content-type;Host;x-amz-date;x-amz-target",
        "content-type;host;host;x-amz-date;x-amz-target",
        "content-type;host;user-agent;x-amz-date;x-amz-target",
        ";content-type;host;x-amz-date;x-amz-target",
        "content-type;host;x-amz-date;x-amz-target;"
      })
  void verify_refusesSignedHeadersOfAnotherForm(String signedHeaders) {
    assertMismatch(sign(fromAwsCli(), signedHeaders));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", ""})
  void verify_refusesBodyThatIsNotSigned(String hash) {
    SignedRequest request = with(fromAwsCli(), "x-amz-content-sha256", hash);
    String headers = "host;x-amz-content-sha256;x-amz-date;x-amz-target";
    assertMismatch(sign(request, headers));
    SignedRequest hashed = with(request, "x-amz-content-sha256", request.bodySha256());
    assertThat(now().verify(sign(hashed, headers))).isEqualTo(CALLER);
    assertMismatch(sign(with(hashed, "x-amz-content-sha256", sha256("other")), headers));
    // A client that signs the header's text in place of the body's hash.
    SignedRequest claimed = new SignedRequest("POST", "/", "", hashed.headers(), sha256("other"));
    assertMismatch(sign(claimed, headers));
  }

  @Test
  void verify_refusesSessionTokens() {
    SignedRequest token = with(fromAwsCli(), "X-Amz-Security-Token", "AQoDYXdzEPT");
    SignedRequest signed = sign(token, "host;x-amz-date;x-amz-security-token;x-amz-target");
    assertRefused(now(), signed, Kind.UNRECOGNIZED_CLIENT, INVALID_TOKEN);
    assertRefused(now(), token, Kind.UNRECOGNIZED_CLIENT, INVALID_TOKEN);
    SignedRequest inQuery = withTarget(fromAwsCli(), "/", "X%2DAmz-Security-Token=x");
    assertRefused(now(), inQuery, Kind.UNRECOGNIZED_CLIENT, INVALID_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKIDOTHER", "akidexample", "", "AKIDEXAMPLE "})
  void verify_refusesUnknownKey(String id) {
    SignedRequest request = authorized(fromAwsCli(), "Credential=AKIDEXAMPLE", "Credential=" + id);
    assertRefused(now(), request, Kind.UNRECOGNIZED_CLIENT, INVALID_TOKEN);
    assertThat(asked).containsExactly(id);
  }

  @Test
  void verify_seesRevokedKeyAndNewSecretAtOnce() {
    List<Optional<SigningSecret>> answers =
        new ArrayList<>(
            List.of(
                SignedRequests.secret(KEY_ID),
                Optional.of(new SigningSecret(ACCOUNT, "other")),
                Optional.empty(),
                SignedRequests.secret(KEY_ID)));
    SigV4 sigV4 =
        new SigV4(
            "us-east-1", "personalize", id -> answers.remove(0), clock("2026-11-20T09:30:03Z"));
    assertThat(sigV4.verify(fromAwsCli())).isEqualTo(CALLER);
    assertRefused(sigV4, fromAwsCli(), Kind.INVALID_SIGNATURE, MISMATCH);
    assertRefused(sigV4, fromAwsCli(), Kind.UNRECOGNIZED_CLIENT, INVALID_TOKEN);
    assertThat(sigV4.verify(fromAwsCli())).isEqualTo(CALLER);
  }

  private SigV4 now() {
    return at("2026-11-20T09:30:03Z");
  }

  private SigV4 at(String now) {
    return new SigV4(
        "us-east-1",
        "personalize",
        id -> {
          asked.add(id);
          return SignedRequests.secret(id);
        },
        clock(now));
  }

  private static Clock clock(String now) {
    return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
  }

  private void assertMismatch(SignedRequest request) {
    assertRefused(now(), request, Kind.INVALID_SIGNATURE, MISMATCH);
  }

  private static void assertRefused(SigV4 sigV4, SignedRequest request, Kind kind, String message) {
    assertThatExceptionOfType(SignatureRejectedException.class)
        .isThrownBy(() -> sigV4.verify(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .withMessage(message);
  }
}
