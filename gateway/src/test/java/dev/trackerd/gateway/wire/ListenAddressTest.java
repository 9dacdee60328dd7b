package dev.trackerd.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListenAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 127.0.0.1:80",
    "localhost, localhost, localhost:80",
    "0.0.0.0, 0.0.0.0, 127.0.0.1:80",
    "::1, ::1, [::1]:80",
    "[::1], ::1, [::1]:80",
    "::, ::, [::1]:80",
    "[::], ::, [::1]:80",
  })
  void address_isBoundAndToldInTheFormsThatEachTakes(String given, String bound, String told) {
    ListenAddress address = new ListenAddress(given, 0);
    assertThat(address.host()).isEqualTo(bound);
    assertThat(address.reached(80)).isEqualTo(told);
  }
}
