package dev.trackerd.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "GZIP", "x-gzip", "br, gzip;q=0.5", "deflate,gzip ; q=1", "*", "*;q=0.1"})
  void accepted_ifNamed(String header) {
    assertThat(Gzip.isAccepted(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "br",
        "identity",
        "gzip;q=0",
        "gzip; q=0.000",
        "*;q=0",
        "gzip;q=0, *",
        "gzipx"
      })
  void accepted_notIfRefused(String header) {
    assertThat(Gzip.isAccepted(header)).isFalse();
  }

  @Test
  void accepted_notIfAbsent() {
    assertThat(Gzip.isAccepted(null)).isFalse();
  }

  @Test
  void pieces_canBeReadAsTheyCome() throws Exception {
    Gzip gzip = new Gzip();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] first = gzip.next("first ".getBytes(UTF_8));
    all.writeBytes(first);
    try (GZIPInputStream begun = new GZIPInputStream(new ByteArrayInputStream(first))) {
      assertThat(begun.readNBytes(6)).asString().isEqualTo("first ");
    }
    all.writeBytes(gzip.last("last".getBytes(UTF_8)));
    try (GZIPInputStream whole = new GZIPInputStream(new ByteArrayInputStream(all.toByteArray()))) {
      assertThat(whole.readAllBytes()).asString().isEqualTo("first last");
    }
  }
}
