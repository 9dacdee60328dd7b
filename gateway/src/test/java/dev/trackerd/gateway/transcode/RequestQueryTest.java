package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.binding;
import static dev.trackerd.gateway.transcode.TestBindings.message;
import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.TextFormat;
import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.library.SearchRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestQueryTest {
  private static final HttpBinding SEARCH = binding("Search");

  private static SearchRequest search(String query) {
    return message(SearchRequest.parser(), SEARCH.decode(Map.of("scope", "s"), query, new byte[0]));
  }

  private static String error(String query) {
    TranscodeException e = catchThrowableOfType(TranscodeException.class, () -> search(query));
    return e.violations().get(0).field() + " -- " + e.violations().get(0).description();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text=a                       | text: "a"
          text=                        |
          text                         |
          text=a=b                     | text: "a=b"
          text=a+b%2Bc%20d             | text: "a b+c d"
          text=%E2%82%AC               | text: "€"
          text=%EF%BF%BD               | text: "\\357\\277\\275"
          %74ext=a                     | text: "a"
          &text=a                      | text: "a"
          &&text=a&&count=1&           | text: "a" count: 1
          alias=a                      | short_name: "a"
          short_name=a                 | short_name: "a"
          flag=true                    | flag: true
          count=-5                     | count: -5
          count=5.0                    | count: 5
          count=1e3                    | count: 1000
          big=-9223372036854775808     | big: -9223372036854775808
          natural=4294967295           | natural: 4294967295
          huge=18446744073709551615    | huge: 18446744073709551615
          ratio=1.5                    | ratio: 1.5
          weight=-Infinity             | weight: -inf
          data=AAE%3D                  | data: "\\000\\001"
          data=_-8                     | data: "\\377\\357"
          genre=POETRY                 | genre: POETRY
          genre=poetry                 | genre: POETRY
          genre=Novel                  | genre: NOVEL
          genre=2                      | genre: POETRY
          genres=NOVEL&genres=2        | genres: NOVEL genres: POETRY
          words=a&words=b&words=       | words: "a" words: "b" words: ""
          numbers=1&text=x&numbers=2   | text: "x" numbers: 1 numbers: 2
          author.name=a&author.born=1  | author { name: "a" born: 1 }
          author.teacher.name=a        | author { teacher { name: "a" } }
          since=2026-01-31T12:00:00.5Z | since { seconds: 1769860800 nanos: 500000000 }
          since=2026-01-31T13:00:00%2B01:00 | since { seconds: 1769860800 }
          within=-1.5s                 | within { seconds: -1 nanos: -500000000 }
          readMask=a,b.cD              | read_mask { paths: "a" paths: "b.c_d" }
          read_mask=a_b                | read_mask { paths: "a_b" }
          boxed=5                      | boxed { value: 5 }
          boxedFlag=false              | boxed_flag { }
          boxed_text=                  | boxed_text { }
          maybe=0                      | maybe: 0
          left=a                       | left: "a"
          """)
  void decode_fillsFields(String query, String expected) throws Exception {
    SearchRequest.Builder request = SearchRequest.newBuilder().setScope("s");
    TextFormat.merge(expected == null ? "" : expected, request);

    assertThat(search(query)).isEqualTo(request.build());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "&", "&&&"})
  void decode_takesEmptyQueries(String query) {
    assertThat(search(query)).isEqualTo(SearchRequest.newBuilder().setScope("s").build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          txet=a               | txet -- unknown query parameter
          Text=a               | Text -- unknown query parameter
          shortName=a          | shortName -- unknown query parameter
          text.x=a             | text.x -- unknown query parameter
          author.nmae=a        | author.nmae -- unknown query parameter
          bogus.name=a         | bogus.name -- unknown query parameter
          author.=a            | author. -- unknown query parameter
          .text=a              | .text -- unknown query parameter
          since.seconds=1      | since.seconds -- unknown query parameter
          books.title=a        | books.title -- unknown query parameter
          limits[a]=1          | limits[a] -- unknown query parameter
          limits.a=1           | limits.a -- unknown query parameter
          scope=t              | scope -- stands in the path, not in the query
          scope=s              | scope -- stands in the path, not in the query
          %73cope=s            | scope -- stands in the path, not in the query
          text=a&text=b        | text -- given more than once
          text=a&text=a        | text -- given more than once
          alias=a&short_name=b | short_name -- given more than once
          author.name=a&author.name=b | author.name -- given more than once
          boxed=1&boxed=2      | boxed -- given more than once
          left=a&right=b       | right -- another member of choice is given as well
          flag=yes             | flag -- expected true or false
          flag=True            | flag -- expected true or false
          flag=1               | flag -- expected true or false
          flag                 | flag -- expected true or false
          count=               | count -- expected a whole number of 32 bits
          count=1.5            | count -- expected a whole number of 32 bits
          count=%201           | count -- expected a whole number of 32 bits
          count=%2B1           | count -- expected a whole number of 32 bits
          count=0x1            | count -- expected a whole number of 32 bits
          count=01             | count -- expected a whole number of 32 bits
          count=2147483648     | count -- expected a whole number of 32 bits
          natural=-1           | natural -- expected a whole number of 32 bits, not negative
          big=9223372036854775808 | big -- expected a whole number of 64 bits
          huge=-1              | huge -- expected a whole number of 64 bits, not negative
          weight=1e999         | weight -- expected a number
          weight=nan           | weight -- expected a number
          data=%25             | data -- expected base64
          genre=novels         | genre -- expected one of NOVEL, POETRY
          genre=9              | genre -- expected one of NOVEL, POETRY
          numbers=1&numbers=x  | numbers -- expected a whole number of 32 bits
          since=yesterday      | since -- expected a time such as 2026-01-31T12:00:00Z
          within=5             | within -- expected a duration in seconds such as 1.5s
          readMask=a,,b        | readMask -- expected field names, separated by commas
          boxed=x              | boxed -- expected a whole number of 32 bits
          author=a             | author -- can't be given in the query
          books=a              | books -- can't be given in the query
          limits=a             | limits -- can't be given in the query
          times=2026-01-31T12:00:00Z | times -- can't be given in the query
          anyValue=1           | anyValue -- can't be given in the query
          object=%7B%7D        | object -- can't be given in the query
          packed=a             | packed -- can't be given in the query
          """)
  void decode_refusesNamingTheKey(String query, String message) {
    assertThat(error(query)).isEqualTo(message);
  }

  @Test
  void decode_refusesAValueWithoutKey() {
    assertThat(error("=a")).isEqualTo(" -- unknown query parameter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text=%", "text=%4", "text=%zz", "text=%+1", "te%xxt=a", "text=ä", "text=a b"})
  void decode_refusesMalformedEscapes(String query) {
    assertThat(error(query)).isEqualTo(" -- The query is not percent-encoded as it must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text=%ff", "text=%C3", "%ED%A0%80=a", "text=%C0%AF"})
  void decode_refusesWhatIsNotUtf8(String query) {
    assertThat(error(query)).isEqualTo(" -- The query is not UTF-8");
  }

  @Test
  void decode_refusesKeysOfTheBody() {
    HttpBinding whole = binding("MoveBook");
    HttpBinding field = binding("CreateBook");

    assertThat(
            catchThrowableOfType(
                TranscodeException.class,
                () -> whole.decode(Map.of("name", "a"), "place=1", utf8("{}"))))
        .hasMessage("place: belongs in the body, not in the query");
    assertThat(
            catchThrowableOfType(
                TranscodeException.class,
                () -> field.decode(Map.of("shelf", "a"), "book.title=x", utf8("{}"))))
        .hasMessage("book.title: belongs in the body, not in the query");
    assertThat(
            catchThrowableOfType(
                TranscodeException.class,
                () -> field.decode(Map.of("shelf", "a"), "bok=x", utf8("{}"))))
        .hasMessage("bok: unknown query parameter");
  }

  @Test
  void decode_makesNoMessageTooDeepForAServer() {
    assertThat(error("author" + ".teacher".repeat(3_000) + ".name=a"))
        .endsWith(" -- unknown query parameter");
    assertThat(search("author" + ".teacher".repeat(30) + ".name=a").hasAuthor()).isTrue();
  }
}
