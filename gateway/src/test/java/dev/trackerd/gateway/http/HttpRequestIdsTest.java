package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestIdsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "01HF-x_y.z/~!", "00000000-0000-4000-8000-000000000000"})
  void sane_isKept(String id) {
    assertThat(HttpRequestIds.of(id)).isEqualTo(id);
    String longest = "x".repeat(128);
    assertThat(HttpRequestIds.of(longest)).isEqualTo(longest);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "a b", "a\tb", "a\nb", "caf\u00e9", "\u007f"})
  void insane_isReplaced(String id) {
    assertThat(HttpRequestIds.of(id)).matches("[0-9a-f]{32}").isNotEqualTo(HttpRequestIds.of(id));
  }

  @Test
  void tooLong_isReplaced() {
    assertThat(HttpRequestIds.of("x".repeat(129))).matches("[0-9a-f]{32}");
  }
}
