package dev.trackerd.gateway.http;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;

/** The headers of answers. */
public final class AnswerHead {

  static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");

  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence ACCEPT_ENCODING =
      HttpHeaders.createOptimized("Accept-Encoding");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private static final CharSequence REPLAYED = HttpHeaders.createOptimized("idempotent-replayed");

  /** With these an answer says when to try again, if the service did. */
  private static final Set<Integer> LATER = Set.of(409, 429, 502, 503);

  private AnswerHead() {}

  /** Adds what every answer has. */
  static void addCommon(MultiMap headers, String requestId, HttpDate date) {
    headers.set(HttpHeaders.DATE, date.now());
    headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    headers.set(CONTENT_TYPE_OPTIONS, NOSNIFF);
    headers.set(REQUEST_ID, requestId);
  }

  /** Adds how the body is coded. */
  public static void addCoding(MultiMap headers, boolean negotiated, boolean gzip) {
    if (negotiated) {
      headers.add(HttpHeaders.VARY, ACCEPT_ENCODING);
    }
    if (gzip) {
      headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
  }

  /** Adds that the answer was given before, to an earlier request of the same key. */
  static void addReplayed(MultiMap headers) {
    headers.set(REPLAYED, "true");
  }

  /** Adds what some failures have. */
  static void addFailure(MultiMap headers, HttpFailure failure) {
    if (failure.allow() != null) {
      headers.set(HttpHeaders.ALLOW, failure.allow());
    }
    if (failure.httpStatus() == 401) {
      headers.set("www-authenticate", "Bearer");
    }
    long wait = retryAfter(failure.body());
    if (wait > 0 && LATER.contains(failure.httpStatus())) {
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(wait));
    }
  }

  /** Returns whole seconds, at least 1, or 0 if the status does not say when to try again. */
  private static long retryAfter(Status status) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(RetryInfo.class)) {
        try {
          Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
          return Math.max(1, delay.getSeconds() + (delay.getNanos() > 0 ? 1 : 0));
        } catch (InvalidProtocolBufferException e) {
          return 0;
        }
      }
    }
    return 0;
  }
}
