package dev.trackerd.server.auth;

import static dev.trackerd.server.auth.SignedRequests.CALLER;
import static dev.trackerd.server.auth.SignedRequests.sha256;
import static dev.trackerd.server.auth.SignedRequests.with;
import static dev.trackerd.server.auth.SignedRequests.withBody;
import static dev.trackerd.server.auth.SignedRequests.withTarget;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Thousands of odd requests, signed by AWS' own library. The same ones in every run. */
class SigV4OracleTest {
  private static final Instant NOW = Instant.parse("2026-11-20T09:30:03Z");

  private static final List<String> METHODS = List.of("POST", "GET", "PUT", "DELETE", "PATCH");
  private static final List<String> SEGMENTS =
      List.of(
          "",
          ".",
          "..",
          "...",
          "a",
          "b.c",
          "a%2Fb",
          "a%252Fb",
          "%2e%2e",
          "a+b",
          "a b",
          "~u",
          "ü",
          "ሴ",
          "%E1%88%B4",
          "a:b@c",
          "x=1&y",
          "a;b",
          "(1)!*'",
          "$,",
          "%zz",
          "arn:aws:x:y/z");
  private static final List<String> NAMES =
      List.of("a", "A", "aa", "a-b", "a.b", "Param", "%61", "ü", "%C3%BC", "a%20b", "a+b", "~", "");
  private static final List<String> VALUES =
      List.of(
          "", "1", "2", "a b", "a%20b", "a+b", "%2B", "%2f/", "=", "%3D=", "ሴ", "%e1%88%b4", "*");
  private static final List<String> HEADERS =
      List.of("My-Header1", "my-header1", "MY-HEADER2", "x-amz-meta", "X-Amz-Target", "Accept");
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "  a  b  ",
          "a\tb",
          "a\r\n  b",
          "\"a   b\"",
          "a,b",
          "a,  b",
          "a, ,b",
          "ü",
          "ሴ ü",
          "a:b",
          "a;b",
          "\u000ba\u000c",
          "\u00a0a",
          "%20");

  private static final List<SignedRequest> SIGNED = signed();

  private final SigV4 sigV4 =
      new SigV4(
          "us-east-1", "personalize", SignedRequests::secret, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void verify_acceptsWhatAwsSigns() {
    for (SignedRequest request : SIGNED) {
      assertThat(sigV4.verify(request)).as(() -> describe(request)).isEqualTo(CALLER);
    }
  }

  @Test
  void verify_refusesWhatWasChangedAfterSigning() {
    int what = 0;
    for (SignedRequest request : SIGNED) {
      SignedRequest changed = change(request, what++ % 7);
      assertThatExceptionOfType(SignatureRejectedException.class)
          .as(() -> describe(request) + " changed to " + describe(changed))
          .isThrownBy(() -> sigV4.verify(changed))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_SIGNATURE));
    }
  }

  private static List<SignedRequest> signed() {
    Random random = new Random(20261120);
    return IntStream.range(0, 4_000).mapToObj(i -> signed(random)).toList();
  }

  private static SignedRequest signed(Random random) {
    List<Header> headers = new ArrayList<>();
    headers.add(
        new Header(random.nextBoolean() ? "Host" : "host", "127.0.0.1:" + random.nextInt(9)));
    for (int i = random.nextInt(6); i > 0; i--) {
      headers.add(new Header(any(HEADERS, random), any(TEXTS, random)));
    }
    Collections.shuffle(headers, random);
    String path = "/" + many(random, 6, "/", () -> any(SEGMENTS, random));
    String query =
        many(
            random,
            5,
            "&",
            () -> any(NAMES, random) + (random.nextInt(5) == 0 ? "" : "=" + any(VALUES, random)));
    String body = sha256("body " + random.nextInt());
    Instant at = NOW.plusSeconds(random.nextInt(1_801) - 900);
    SignedRequest request = new SignedRequest(any(METHODS, random), path, query, headers, body);
    return CrtSigner.sign(request, at, random.nextBoolean());
  }

  private static SignedRequest change(SignedRequest request, int what) {
    List<Header> headers = new ArrayList<>(request.headers());
    return switch (what) {
      case 0 -> withBody(request, "another");
      case 1 -> withTarget(request, request.path() + "z", request.query());
      case 2 -> withTarget(request, request.path(), request.query() + "&z=1");
      case 3 -> with(request, "host", "127.0.0.2");
      case 4 ->
          new SignedRequest("HEAD", request.path(), request.query(), headers, request.bodySha256());
      case 5 -> {
        headers.add(new Header("X-Amz-Target", "z"));
        yield with(request, headers);
      }
      case 6 -> {
        Header signed = headers.remove(headers.size() - 1);
        headers.add(new Header(signed.name(), flipped(signed.value())));
        yield with(request, headers);
      }
      default -> throw new IllegalArgumentException("change " + what);
    };
  }

  /** Changes the last digit of a signature. */
  private static String flipped(String value) {
    int last = value.length() - 1;
    return value.substring(0, last) + (value.charAt(last) == '0' ? '1' : '0');
  }

  private static String many(Random random, int most, String between, Supplier<String> source) {
    return IntStream.range(0, random.nextInt(most + 1))
        .mapToObj(i -> source.get())
        .collect(Collectors.joining(between));
  }

  /** One of them, its bytes in UTF-8 as one character each. */
  private static String any(List<String> some, Random random) {
    return new String(some.get(random.nextInt(some.size())).getBytes(UTF_8), ISO_8859_1);
  }

  private static String describe(SignedRequest request) {
    return request.path()
        + "?"
        + request.query()
        + " "
        + request.headers().stream().map(header -> header.name() + ":" + header.value()).toList();
  }
}
