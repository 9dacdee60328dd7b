package dev.trackerd.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import com.google.protobuf.util.JsonFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBufferTest {
  private static final String PIECES = "\\u0027<>&='\"/\n\0\u001f\u007f\u2028äa\u07ff\u0800€\uffff";

  private static String written(String text) {
    JsonBuffer buffer = new JsonBuffer();
    buffer.string(text);
    return new String(buffer.toBytes(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          it's        | "it's"
          <b>&        | "<b>&"
          a=b/c       | "a=b/c"
          \\u0027     | "\\\\u0027"
          \\'         | "\\\\'"
          "           | "\\""
          ä€😀        | "ä€😀"
          ``          | ""
          """,
      delimiter = '|')
  void string_escapesNothingThatOnlyHtmlMustNotHave(String text, String json) {
    assertThat(written(text)).isEqualTo(json);
  }

  @Test
  void string_escapesWhatJsonAndOldScriptsMustNotHave() {
    assertThat(written("\0\u001f\t\b\n\r\f\"\\\u007f\u2028\u2029\u2030"))
        .isEqualTo("\"\\u0000\\u001f\\t\\b\\n\\r\\f\\\"\\\\\u007f\\u2028\\u2029\u2030\"");
  }

  @Test
  void string_neverWritesHalfOfAPair() {
    assertThat(written("a\ud83d")).isEqualTo("\"a?\"");
    assertThat(written("\ude00\ud83db")).isEqualTo("\"??b\"");
  }

  @Test
  void string_meansTheSame() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(12), 0, PIECES.length())
          .forEach(p -> text.append(PIECES.charAt(p)).append(p == 3 ? "😀" : ""));

      StringValue.Builder read = StringValue.newBuilder();
      String json = written(text.toString());
      JsonFormat.parser().merge(json, read);

      assertThat(read.getValue()).isEqualTo(text.toString());
      assertThat(json).doesNotContainPattern("(?<!\\\\)(\\\\\\\\)*\\\\u00(27|26|3[cde])");
    }
  }

  /** Whatever stands where the buffer looks for room or grows. */
  @Test
  void string_isWholeAtEveryLength() {
    for (String piece : new String[] {"a", "\0", "ä", "€", "😀"}) {
      for (int before = 500; before < 530; before++) {
        String text = "a".repeat(before) + piece.repeat(600);
        String json = "\"" + text.replace("\0", "\\u0000") + "\"";
        assertThat(written(text)).isEqualTo(json);
      }
    }
  }

  @Test
  void raw_beginsWhereItIsTold() {
    JsonBuffer buffer = new JsonBuffer();
    byte[] filler = "x".repeat(2_000).getBytes(UTF_8);

    buffer.raw(",\"a\":".getBytes(UTF_8), 1);
    buffer.raw(filler, 0);
    buffer.quoted("b");

    assertThat(new String(buffer.toBytes(), UTF_8))
        .isEqualTo("\"a\":" + "x".repeat(2_000) + "\"b\"");
  }
}
