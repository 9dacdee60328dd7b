package dev.trackerd.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
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

  /** Whatever stands where the room for a piece ends. */
  @Test
  void answers_areWholeAtEveryLength() throws Exception {
    Random random = new Random(1);
    for (int length = 0; length < 3_000; length += 7) {
      byte[] answer = new byte[length];
      random.nextBytes(answer);
      assertThat(unzipped(Gzip.compress(answer))).isEqualTo(answer);
    }
    byte[] large = "{\"a\":1},".repeat(500_000).getBytes(UTF_8);
    assertThat(unzipped(Gzip.compress(large))).isEqualTo(large);
  }

  @Test
  void pieces_ofAllLengthsMakeOneAnswer() throws Exception {
    Random random = new Random(2);
    Gzip gzip = new Gzip();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    for (int i = 0; i < 500; i++) {
      byte[] piece = new byte[random.nextInt(i + 1)];
      random.nextBytes(piece);
      plain.writeBytes(piece);
      coded.writeBytes(gzip.next(piece));
    }
    coded.writeBytes(gzip.last(new byte[0]));
    assertThat(unzipped(coded.toByteArray())).isEqualTo(plain.toByteArray());
  }

  private static byte[] unzipped(byte[] coded) throws IOException {
    try (GZIPInputStream whole = new GZIPInputStream(new ByteArrayInputStream(coded))) {
      return whole.readAllBytes();
    }
  }
}
