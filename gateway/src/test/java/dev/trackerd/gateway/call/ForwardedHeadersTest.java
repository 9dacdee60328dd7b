package dev.trackerd.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {

  @Test
  void allowList_isAll() {
    ForwardedHeaders headers =
        of(
            "Authorization", "Bearer t",
            "X-Api-Key", "k",
            "traceparent", "p",
            "TraceState", "a=1",
            "tracestate", "b=2",
            "Idempotency-Key", "once",
            "X-Request-Id", "theirs",
            "grpc-timeout", "1S",
            "authorizatio_", "13 letters",
            "idempotency_key", "15 letters",
            "cookie", "c");
    Metadata metadata = headers.metadata();
    assertThat(metadata.keys())
        .containsExactlyInAnyOrder(
            "authorization",
            "x-api-key",
            "traceparent",
            "tracestate",
            "idempotency-key",
            "x-request-id");
    assertThat(metadata.getAll(key("idempotency-key"))).containsExactly("once");
    assertThat(metadata.get(key("authorization"))).isEqualTo("Bearer t");
    assertThat(metadata.getAll(key("tracestate"))).containsExactly("a=1", "b=2");
    assertThat(metadata.getAll(key("x-request-id"))).containsExactly("ours");
    assertThat(headers.hasCredential()).isTrue();
    assertThat(headers.isAmbiguous()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization", "x-api-key"})
  void credentialTwice_isAmbiguous(String name) {
    assertThat(of(name, "a", name, "a").isAmbiguous()).isTrue();
    assertThat(of(name, "a").isAmbiguous()).isFalse();
  }

  @Test
  void unprintable_doesNotPass() {
    assertThat(of("authorization", "Bearer caf\u00e9").isAmbiguous()).isTrue();
    assertThat(of("traceparent", "caf\u00e9").metadata().keys()).containsExactly("x-request-id");
  }

  @Test
  void idempotencyKey_passesForTheServiceToJudge() {
    assertThat(keys("idempotency-key", "a b", "Idempotency-Key", "a b"))
        .containsExactly("a b", "a b");
    // Not as "caf?", which would be a good one.
    assertThat(keys("idempotency-key", "caf\u00e9")).containsExactly("");
    assertThat(keys("idempotency-key", "a\tb")).containsExactly("");
  }

  @Test
  void replayed_isWhatTheServiceSaysSo() {
    Metadata metadata = new Metadata();
    assertThat(ForwardedHeaders.isReplayed(metadata)).isFalse();
    metadata.put(key("idempotent-replayed"), "true");
    assertThat(ForwardedHeaders.isReplayed(metadata)).isTrue();
  }

  @Test
  void emptyCredential_isOne() {
    assertThat(of("authorization", "").hasCredential()).isTrue();
    assertThat(of("accept", "*/*").hasCredential()).isFalse();
  }

  @Test
  void metadata_isACopyEachTime() {
    ForwardedHeaders headers = of();
    headers.metadata().discardAll(key("x-request-id"));
    assertThat(headers.metadata().containsKey(key("x-request-id"))).isTrue();
  }

  private static Iterable<String> keys(String... namesAndValues) {
    return of(namesAndValues).metadata().getAll(key("idempotency-key"));
  }

  private static ForwardedHeaders of(String... namesAndValues) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
    }
    return ForwardedHeaders.of(headers, "ours");
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
