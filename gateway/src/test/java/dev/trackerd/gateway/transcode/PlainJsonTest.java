package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import com.google.protobuf.util.JsonFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainJsonTest {
  private static final String PIECES = "\\u0027<>&='\"/\n\0\u2028äa";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          "it\\u0027s"              | "it's"
          "\\u003cb\\u003E\\u0026"  | "<b>&"
          "a\\u003db"               | "a=b"
          "\\\\u0027"               | "\\\\u0027"
          "\\\\\\u0027"             | "\\\\'"
          "\\u0000\\u0022\\u2028"   | "\\u0000\\u0022\\u2028"
          "\\"\\n\\u0027"           | "\\"\\n'"
          {"n":[1,"\\u0027"]}       | {"n":[1,"'"]}
          """,
      delimiter = '|')
  void utf8_writesWhatOnlyHtmlMustNotHave(String json, String plain) {
    assertThat(utf8(PlainJson.utf8(json))).isEqualTo(plain);
  }

  @Test
  void utf8_meansTheSame() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(12), 0, PIECES.length())
          .forEach(p -> text.append(PIECES.charAt(p)));
      String json = JsonFormat.printer().print(StringValue.of(text.toString()));

      StringValue.Builder read = StringValue.newBuilder();
      String plain = utf8(PlainJson.utf8(json));
      JsonFormat.parser().merge(plain, read);

      assertThat(read.getValue()).isEqualTo(text.toString());
      assertThat(plain).doesNotContainPattern("(?<!\\\\)(\\\\\\\\)*\\\\u00(27|26|3[cde])");
    }
  }
}
