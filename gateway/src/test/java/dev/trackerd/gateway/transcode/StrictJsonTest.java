package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.binding;
import static dev.trackerd.gateway.transcode.TestBindings.decode;
import static dev.trackerd.gateway.transcode.TestBindings.message;
import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.library.SearchRequest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what is not. */
class StrictJsonTest {
  private static final HttpBinding SEARCH = binding("Search", 1);

  private static String error(String body) {
    return error(utf8(body));
  }

  private static String error(byte[] body) {
    return catchThrowableOfType(TranscodeException.class, () -> SEARCH.decode(Map.of(), "", body))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'text':'a'}",
        "{text:\"a\"}",
        "{\"text\":\"a\",}",
        "{\"words\":[\"a\",]}",
        "{\"words\":[,\"a\"]}",
        "{\"text\":\"a\"} x",
        "{\"text\":\"a\"}}",
        "{\"text\":\"a\"",
        "{\"text\":\"a",
        "{\"text\"",
        "{\"text\" \"a\"}",
        "{\"text\"=\"a\"}",
        "{\"text\":\"a\";}",
        "{\"text\":\"a\" /* b */}",
        "{\"text\":\"a\" // b\n}",
        "# a\n{\"text\":\"a\"}",
        "{\"text\":\"a\nb\"}",
        "{\"text\":\"\\x\"}",
        "{\"text\":\"\\u12\"}",
        "{\"\\ud800\":1}",
        "{\"\\udc00\":1}",
        "{\"object\":{\"\\ud800\":1}}",
        "{\"weight\":NaN}",
        "{\"weight\":Infinity}",
        "{\"weight\":-Infinity}",
        "{\"weight\":.5}",
        "{\"weight\":5.}",
        "{\"weight\":+5}",
        "{\"count\":05}",
        "{\"count\":-05}",
        "{\"count\":0x5}",
        "{\"count\":5l}",
        "{\"flag\":True}",
        "{\"flag\":TRUE}",
        "{\"flag\":nil}",
        "\u00a0{}",
        "{}\f",
        "{}\u0000"
      })
  void decode_refusesWhatIsNotJson(String body) {
    assertThat(error(body)).startsWith("The body is not valid JSON (line ");
  }

  @Test
  void decode_namesThePlaceOfASyntaxError() {
    assertThat(error("{\n  \"text\": oops}"))
        .isEqualTo("The body is not valid JSON (line 2, column 11)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                  | The body is empty, expected a JSON object
          `  `                | The body is empty, expected a JSON object
          null                | The body must be a JSON object
          5                   | The body must be a JSON object
          "a"                 | The body must be a JSON object
          true                | The body must be a JSON object
          []                  | The body must be a JSON object
          [{}]                | The body must be a JSON object
          {} {}               | The body holds more than one JSON value
          {}[]                | The body holds more than one JSON value
          {} null             | The body holds more than one JSON value
          """)
  void decode_refusesAnotherRoot(String body, String message) {
    assertThat(error(body)).isEqualTo(message);
  }

  @Test
  void decode_refusesByteOrderMarks() {
    assertThat(error("\uFEFF{}")).isEqualTo("The body begins with a byte-order mark");
    assertThat(error(new byte[] {(byte) 0xFE, (byte) 0xFF, 0, '{', 0, '}'}))
        .isEqualTo("The body is not UTF-8");
    assertThat(error(new byte[] {'{', 0, '}', 0})).startsWith("The body is not valid JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FF", "C3", "C328", "C0AF", "E08080", "EDA080", "F4908080", "80"})
  void decode_refusesWhatIsNotUtf8(String hex) {
    byte[] body = utf8("{\"text\":\"abcd\"}");
    byte[] octets = HexFormat.of().parseHex(hex);
    System.arraycopy(octets, 0, body, 9, octets.length);

    assertThat(error(body)).isEqualTo("The body is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"\\ud800\"}",
        "{\"text\":\"\\udc00\"}",
        "{\"text\":\"a\\udc00\\ud800b\"}",
        "{\"text\":\"\\ud83d\\ud83d\\ude00\"}",
        "{\"words\":[\"\\uD83D\"]}",
        "{\"anyValue\":\"\\ud800\"}"
      })
  void decode_refusesLoneSurrogates(String body) {
    assertThat(error(body)).isEqualTo("The JSON holds half of a surrogate pair");
  }

  @Test
  void decode_takesPairsAndReplacementCharacters() {
    assertThat(parsed("{\"text\":\"\\ud83d\\ude00😀\uFFFD\\u0000\"}").getText())
        .isEqualTo("😀😀\uFFFD\0");
  }

  private static SearchRequest parsed(String body) {
    return message(SearchRequest.parser(), decode(SEARCH, body));
  }

  @Test
  void decode_boundsTheDepth() {
    String deep = "{\"anyValue\":" + "[".repeat(31) + "]".repeat(31) + "}";
    String deeper = "{\"anyValue\":" + "[".repeat(32) + "]".repeat(32) + "}";

    assertThat(decode(SEARCH, deep).getSerializedSize()).isPositive();
    assertThat(error(deeper)).isEqualTo("The JSON is nested deeper than 32 levels");
    assertThat(error("[".repeat(10_000))).isEqualTo("The body must be a JSON object");
    assertThat(error("{\"anyValue\":" + "[".repeat(1_000_000)))
        .isEqualTo("The JSON is nested deeper than 32 levels");
  }

  /** A server reads messages of at most 100 levels, and one level of JSON can make three. */
  @Test
  void decode_makesNothingTooDeepForAServer() {
    String deep = "{\"anyValue\":" + "{\"a\":".repeat(31) + "1" + "}".repeat(32);

    assertThat(parsed(deep).getAnyValue().hasStructValue()).isTrue();
  }
}
