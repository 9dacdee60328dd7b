package dev.trackerd.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendAddressesTest {

  @Test
  void parse_takesAListOfHostsAndNames() {
    BackendAddresses addresses =
        BackendAddresses.parse("10.0.0.1:9090, b.example:1,[::1]:2,dns:///c.example:65535");
    assertThat(addresses.entries())
        .containsExactly("10.0.0.1:9090", "b.example:1", "[::1]:2", "dns:///c.example:65535");
    assertThat(BackendAddresses.targets(URI.create(addresses.target())))
        .extracting(URI::getPath)
        .containsExactly("/10.0.0.1:9090", "/b.example:1", "/[::1]:2", "/c.example:65535");
    assertThat(BackendAddresses.targets(URI.create(addresses.target())))
        .extracting(URI::getScheme)
        .containsOnly("dns");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a:",
        "a:0",
        "a:65536",
        "a:999999",
        ":1",
        "a:1:2",
        "a b:1",
        "http://a:1",
        "a:1/x",
        "dns://a:1",
        "dns:///",
        "xds:///a:1",
        "[::1:2",
        "[x]:1",
        "a:-1"
      })
  void parse_namesWhatIsNoAddress(String wrong) {
    assertThatThrownBy(() -> BackendAddresses.parse("good:1," + wrong + ",fine:2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + wrong + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"a:1,a:1 | 'a:1' twice", "a:1,,b, c: | '', 'b', 'c:'", "a:1, | ''"},
      quoteCharacter = '"')
  void parse_namesEachWrongPart(String text, String message) {
    assertThatThrownBy(() -> BackendAddresses.parse(text)).hasMessage(message);
  }
}
