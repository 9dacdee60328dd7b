package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.binding;
import static dev.trackerd.gateway.transcode.TestBindings.decode;
import static dev.trackerd.gateway.transcode.TestBindings.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.JsonFormat;
import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.library.SearchRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which members and values a message takes from JSON that is well-formed. */
class RequestValuesTest {
  private static final HttpBinding SEARCH = binding("Search", 1);

  private static String error(String body) {
    return catchThrowableOfType(TranscodeException.class, () -> decode(SEARCH, body)).getMessage();
  }

  private static SearchRequest parsed(String body) {
    return message(SearchRequest.parser(), decode(SEARCH, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"txet":"a"}                             | txet: unknown member
          {"author":{"nmae":"a"}}                  | author.nmae: unknown member
          {"books":[{},{"author":{"x":1}}]}        | books[1].author.x: unknown member
          {"":1}                                   | unknown member
          {"\\ud83d\\ude00":1}                     | 😀: unknown member
          {"Text":"a"}                             | Text: unknown member
          {"shortName":"a"}                        | shortName: unknown member
          {"text":"a","text":"b"}                  | text: given twice
          {"text":"a","text":null}                 | text: given twice
          {"text":null,"text":null}                | text: given twice
          {"text":"a","\\u0074ext":"b"}            | text: given twice
          {"anyValue":1,"any_value":2}             | any_value: given twice
          {"alias":"a","short_name":"b"}           | short_name: given twice
          {"object":{"a":1,"a":1}}                 | object.a: given twice
          {"anyValue":[{"a":{"b":1,"b":2}}]}       | anyValue[0].a.b: given twice
          {"limits":{"a":1,"a":1}}                 | limits.a: given twice
          {"people":{"1":{},"1.0":{}}}             | people.1.0: given twice
          {"left":"a","right":"b"}                 | right: another member of choice is given as well
          """)
  void decode_refusesNames(String body, String message) {
    assertThat(error(body)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"text":5}                      | text: expected a string, found a number
          {"text":["x"]}                  | text: expected a string, found an array
          {"text":{}}                     | text: expected a string, found an object
          {"text":true}                   | text: expected a string, found true
          {"words":"a"}                   | words: expected an array, found a string
          {"words":{"0":"a"}}             | words: expected an array, found an object
          {"words":["a","b",5]}           | words[2]: expected a string, found a number
          {"words":["a",null]}            | words[1]: expected a string, found null
          {"words":["a",["b"]]}           | words[1]: expected a string, found an array
          {"author":"a"}                  | author: expected an object, found a string
          {"author":[]}                   | author: expected an object, found an array
          {"author":{"name":1}}           | author.name: expected a string, found a number
          {"books":[{"tags":["a",1]}]}    | books[0].tags[1]: expected a string, found a number
          {"books":[null]}                | books[0]: expected an object, found null
          {"flag":"true"}                 | flag: expected true or false, found a string
          {"flag":1}                      | flag: expected true or false, found a number
          {"count":"x"}                   | count: expected a whole number of 32 bits
          {"count":true}                  | count: expected a whole number of 32 bits, found true
          {"count":[1]}                   | count: expected a whole number of 32 bits, found an array
          {"count":5.5}                   | count: expected a whole number of 32 bits
          {"count":2147483648}            | count: expected a whole number of 32 bits
          {"count":1e999999999}           | count: expected a whole number of 32 bits
          {"count":""}                    | count: expected a whole number of 32 bits
          {"count":" 5"}                  | count: expected a whole number of 32 bits
          {"count":"+5"}                  | count: expected a whole number of 32 bits
          {"count":"05"}                  | count: expected a whole number of 32 bits
          {"natural":-1}                  | natural: expected a whole number of 32 bits, not negative
          {"natural":4294967296}          | natural: expected a whole number of 32 bits, not negative
          {"big":9223372036854775808}     | big: expected a whole number of 64 bits
          {"huge":18446744073709551616}   | huge: expected a whole number of 64 bits, not negative
          {"huge":1e-1}                   | huge: expected a whole number of 64 bits, not negative
          {"huge":1e99999999999}          | huge: expected a whole number of 64 bits, not negative
          {"weight":1e999}                | weight: expected a number
          {"weight":"nan"}                | weight: expected a number
          {"weight":"0x1p3"}              | weight: expected a number
          {"weight":"1d"}                 | weight: expected a number
          {"ratio":1e39}                  | ratio: expected a number
          {"anyValue":1e999}              | anyValue: expected a number that a double can hold
          {"data":"%%"}                   | data: expected base64
          {"data":"a-/b"}                 | data: expected base64
          {"data":5}                      | data: expected base64, found a number
          {"genre":"novel"}               | genre: expected one of NOVEL, POETRY
          {"genre":"1"}                   | genre: expected one of NOVEL, POETRY
          {"genre":9}                     | genre: expected one of NOVEL, POETRY
          {"genre":1.0}                   | genre: expected one of NOVEL, POETRY
          {"genres":["NOVEL",true]}       | genres[1]: expected one of NOVEL, POETRY
          {"nothing":"NULL"}              | nothing: expected one of NULL_VALUE
          {"limits":[]}                   | limits: expected an object, found an array
          {"limits":{"a":"x"}}            | limits.a: expected a whole number of 32 bits
          {"limits":{"a":null}}           | limits.a: expected a whole number of 32 bits, found null
          {"people":{"x":{}}}             | people.x: expected a name that is a whole number of 32 bits
          {"people":{"1":[]}}             | people.1: expected an object, found an array
          {"since":"2026-02-30T00:00:00Z"}  | since: expected a time such as 2026-01-31T12:00:00Z
          {"since":"2026-01-01T24:00:00Z"}  | since: expected a time such as 2026-01-31T12:00:00Z
          {"since":"2026-01-01T00:00:00"}   | since: expected a time such as 2026-01-31T12:00:00Z
          {"since":"2026-01-01 00:00:00Z"}  | since: expected a time such as 2026-01-31T12:00:00Z
          {"since":"0000-01-01T00:00:00Z"}  | since: expected a time such as 2026-01-31T12:00:00Z
          {"since":5}                     | since: expected a time such as 2026-01-31T12:00:00Z, found a number
          {"within":"5"}                  | within: expected a duration in seconds such as 1.5s
          {"within":"+5s"}                | within: expected a duration in seconds such as 1.5s
          {"within":"999999999999s"}      | within: expected a duration in seconds such as 1.5s
          {"readMask":"a,,b"}             | readMask: expected field names, separated by commas
          {"readMask":"a,"}               | readMask: expected field names, separated by commas
          {"readMask":"a b"}              | readMask: expected field names, separated by commas
          {"readMask":{"paths":["a"]}}    | readMask: expected field names, separated by commas, found an object
          {"boxed":"x"}                   | boxed: expected a whole number of 32 bits
          {"boxed":{"value":1}}           | boxed: expected a whole number of 32 bits, found an object
          {"boxedFlag":"true"}            | boxedFlag: expected true or false, found a string
          {"boxedText":1}                 | boxedText: expected a string, found a number
          {"object":[]}                   | object: expected an object, found an array
          {"list":{}}                     | list: expected an array, found an object
          {"packed":{"@type":"x/y"}}      | packed: can't be given in JSON
          """)
  void decode_refusesValuesOfTheWrongKind(String body, String message) {
    assertThat(error(body)).isEqualTo(message);
  }

  /** What is accepted means what JsonFormat, the reference for Java, takes it for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " \t\r\n{ } \n",
        "{\"text\":\"a\\n\\\"\\/\\u00e4ä\"}",
        "{\"text\":null,\"words\":null,\"author\":null,\"limits\":null,\"since\":null,\"boxed\":null}",
        "{\"any_value\":null,\"nothing\":null,\"values\":[null,1]}",
        "{\"alias\":\"a\"}",
        "{\"short_name\":\"a\"}",
        "{\"flag\":true,\"count\":-5,\"big\":\"-9223372036854775808\",\"natural\":4294967295}",
        "{\"count\":5.0,\"big\":5e2,\"natural\":\"5\",\"huge\":18446744073709551615}",
        "{\"count\":-0,\"big\":1.0e1,\"huge\":0e99}",
        "{\"big\":9223372036854775807,\"huge\":\"1e3\"}",
        "{\"ratio\":1.5,\"weight\":-1e-7}",
        "{\"ratio\":\"NaN\",\"weight\":\"-Infinity\"}",
        "{\"ratio\":\"1.5\",\"weight\":\"Infinity\"}",
        "{\"data\":\"AAECAw==\"}",
        "{\"data\":\"AAECAw\"}",
        "{\"data\":\"_-8\"}",
        "{\"genre\":\"NOVEL\",\"genres\":[2,\"POETRY\",0]}",
        "{\"words\":[],\"numbers\":[1,\"2\",3.0]}",
        "{\"author\":{\"name\":\"a\",\"teacher\":{\"born\":1}},\"books\":[{\"tags\":[\"x\"]},{}]}",
        "{\"limits\":{\"a\":1,\"\":2},\"people\":{\"-1\":{\"name\":\"b\"}}}",
        "{\"since\":\"2026-02-28T23:59:59.123456789Z\"}",
        "{\"since\":\"2024-02-29T23:59:59+05:30\",\"times\":[\"9999-12-31T23:59:59Z\"]}",
        "{\"within\":\"-1.5s\",\"readMask\":\"a,bC.dE\"}",
        "{\"readMask\":\"\",\"boxed\":5,\"boxedFlag\":false,\"boxedText\":\"\"}",
        "{\"anyValue\":{\"a\":[1,true,null,\"x\",{\"b\":1.5}]},\"object\":{},\"list\":[[],1]}",
        "{\"left\":\"a\",\"right\":null,\"maybe\":0}"
      })
  void decode_takesWhatJsonFormatTakes(String body) throws Exception {
    SearchRequest.Builder expected = SearchRequest.newBuilder();
    JsonFormat.parser().merge(body, expected);

    assertThat(parsed(body)).isEqualTo(expected.build());
  }

  @Test
  void decode_refusesNumbersThatNobodyNeeds() {
    assertThat(error("{\"weight\":" + "9".repeat(1_001) + "}"))
        .startsWith("The body is not valid JSON");
    assertThat(error("{\"weight\":\"" + "9".repeat(1_001) + "\"}"))
        .isEqualTo("weight: expected a number");
  }

  @Test
  void decode_clipsNamesThatNobodyReads() {
    assertThat(error("{\"" + "x".repeat(10_000) + "\":1}"))
        .isEqualTo("x".repeat(200) + "…: unknown member");
  }

  @Test
  void decode_survivesLongFieldMasks() {
    String mask = "a,".repeat(100_000) + "a." + "b.".repeat(100_000) + "c";

    assertThat(parsed("{\"readMask\":\"" + mask + "\"}").getReadMask().getPathsCount())
        .isEqualTo(100_001);
  }

  @Test
  void decode_passesOverUnknownMembersWhereTheMethodSaysSo() {
    HttpBinding ping = binding("Ping");

    assertThat(decode(ping, "{\"AuthURI\":\"x\",\"text\":\"a\",\"y\":{\"z\":[1]}}"))
        .hasToString("text: \"a\"\n");
    assertThat(
            catchThrowableOfType(
                TranscodeException.class, () -> decode(ping, "{\"x\":1,\"text\":\"a\",\"x\":2}")))
        .hasMessage("x: given twice");
    assertThat(
            catchThrowableOfType(
                TranscodeException.class, () -> decode(ping, "{\"x\":{\"y\":1,\"y\":2}}")))
        .hasMessage("x.y: given twice");
    assertThat(catchThrowableOfType(TranscodeException.class, () -> decode(ping, "{\"text\":1}")))
        .hasMessage("text: expected a string, found a number");
  }
}
