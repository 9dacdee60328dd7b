package dev.trackerd.gateway.call;

import io.grpc.Metadata;
import java.util.Map;

/**
 * The request headers that become metadata of the call: {@code authorization}, {@code x-api-key},
 * {@code traceparent}, {@code tracestate}, {@code idempotency-key} and the request id. All others
 * stay behind, so that a caller can't pass for a proxy or for gRPC itself.
 */
public final class ForwardedHeaders {

  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
  private static final Metadata.Key<String> API_KEY = key("x-api-key");
  private static final Metadata.Key<String> REQUEST_ID = key("x-request-id");
  private static final Metadata.Key<String> ACCOUNT = key("x-account");
  private static final Metadata.Key<String> TRACEPARENT = key("traceparent");
  private static final Metadata.Key<String> TRACESTATE = key("tracestate");
  private static final Metadata.Key<String> IDEMPOTENCY_KEY = key("idempotency-key");
  private static final Metadata.Key<String> REPLAYED = key("idempotent-replayed");

  private final Metadata metadata = new Metadata();
  private boolean credential;
  private boolean ambiguous;

  private ForwardedHeaders() {}

  /**
   * Picks the headers that pass.
   *
   * @param headers names in any case, and values; a name may come more than once
   * @param requestId the id under which the call is known; {@code x-request-id} among the headers
   *     is passed over
   */
  public static ForwardedHeaders of(Iterable<Map.Entry<String, String>> headers, String requestId) {
    ForwardedHeaders forwarded = new ForwardedHeaders();
    for (Map.Entry<String, String> header : headers) {
      forwarded.add(header.getKey(), header.getValue());
    }
    forwarded.metadata.put(REQUEST_ID, requestId);
    return forwarded;
  }

  /** Returns whether a header, its name in any case, is a credential. */
  public static boolean isCredential(String name) {
    return name.equalsIgnoreCase(AUTHORIZATION.name()) || name.equalsIgnoreCase(API_KEY.name());
  }

  /** Returns the request id that a service sent back, or null. */
  public static String requestId(Metadata received) {
    return received.get(REQUEST_ID);
  }

  /** Returns for whom a service says that it did the call, or null if it does not say. */
  public static String account(Metadata received) {
    return received.get(ACCOUNT);
  }

  /** Returns whether a service says that its reply is that of an earlier call of the same key. */
  public static boolean isReplayed(Metadata received) {
    return "true".equals(received.get(REPLAYED));
  }

  /** Returns the metadata, a copy for each call. */
  public Metadata metadata() {
    Metadata copy = new Metadata();
    copy.merge(metadata);
    return copy;
  }

  /** Returns whether there is any credential, good or bad. */
  public boolean hasCredential() {
    return credential;
  }

  /**
   * Returns whether a credential can't be meant: sent twice, or with characters that metadata can't
   * hold. Which of two would count is anybody's guess, and guesses differ along the way.
   */
  public boolean isAmbiguous() {
    return ambiguous;
  }

  private void add(String name, String value) {
    // The names differ in length: most headers are told apart without comparing a character.
    switch (name.length()) {
      case 13 -> addCredential(AUTHORIZATION, name, value);
      case 9 -> addCredential(API_KEY, name, value);
      case 11 -> addTrace(TRACEPARENT, name, value);
      case 10 -> addTrace(TRACESTATE, name, value);
      case 15 -> addIdempotencyKey(name, value);
      default -> {}
    }
  }

  private void addCredential(Metadata.Key<String> key, String name, String value) {
    if (!name.equalsIgnoreCase(key.name())) {
      return;
    }
    ambiguous |= metadata.containsKey(key) || !isPrintable(value);
    credential = true;
    metadata.put(key, value);
  }

  private void addTrace(Metadata.Key<String> key, String name, String value) {
    if (name.equalsIgnoreCase(key.name()) && isPrintable(value)) {
      metadata.put(key, value);
    }
  }

  /**
   * Each that came, as the service is to judge them; empty, and so none, what metadata can't hold.
   */
  private void addIdempotencyKey(String name, String value) {
    if (name.equalsIgnoreCase(IDEMPOTENCY_KEY.name())) {
      metadata.put(IDEMPOTENCY_KEY, isPrintable(value) ? value : "");
    }
  }

  private static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
