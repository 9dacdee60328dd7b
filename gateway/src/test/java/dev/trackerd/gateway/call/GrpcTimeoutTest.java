package dev.trackerd.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTimeoutTest {

  @ParameterizedTest
  @CsvSource({
    "1H, PT1H",
    "2M, PT2M",
    "30S, PT30S",
    "500m, PT0.5S",
    "250u, PT0.00025S",
    "99999999n, PT0.099999999S",
    "00000001S, PT1S",
    "99999999H, PT99999999H"
  })
  void parse_readsEachUnit(String header, Duration expected) {
    assertThat(GrpcTimeout.parse(header)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "S",
        "5",
        "5s",
        "5 S",
        " 5S",
        "+5S",
        "-5S",
        "5.0S",
        "123456789S",
        "0S",
        "\u0665S"
      })
  void parse_refusesAllElse(String header) {
    assertThatThrownBy(() -> GrpcTimeout.parse(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected 1 to 8 digits");
  }
}
