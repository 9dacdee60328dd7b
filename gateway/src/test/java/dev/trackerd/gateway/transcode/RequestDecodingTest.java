package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.binding;
import static dev.trackerd.gateway.transcode.TestBindings.compile;
import static dev.trackerd.gateway.transcode.TestBindings.message;
import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.library.BatchCreateBooksRequest;
import dev.trackerd.gateway.library.Book;
import dev.trackerd.gateway.library.CreateBookRequest;
import dev.trackerd.gateway.library.MoveBookRequest;
import dev.trackerd.gateway.library.SearchRequest;
import dev.trackerd.gateway.library.UpdateBookRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What path, body and update mask make of a request; the query has a test of its own. */
class RequestDecodingTest {
  private static final HttpBinding UPDATE = binding("UpdateBook");
  private static final Map<String, String> BOOK = Map.of("book.name", "shelves/1/books/2");

  private static String error(HttpBinding binding, Map<String, String> path, String body) {
    TranscodeException e =
        catchThrowableOfType(TranscodeException.class, () -> binding.decode(path, "", utf8(body)));
    assertThat(e.violations()).hasSize(1);
    String field = e.violations().get(0).field();
    assertThat(e)
        .hasMessage((field.isEmpty() ? "" : field + ": ") + e.violations().get(0).description());
    return e.getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text         | a b/ä
          flag         | true
          count        | -5
          big          | 9223372036854775807
          natural      | 4294967295
          huge         | 18446744073709551615
          ratio        | 1.5
          weight       | -2.5e-3
          data         | _-8
          genre        | NOVEL
          genre        | 2
          author.name  | x
          author.teacher.born | 1900
          maybe        | 0
          left         | x
          """)
  void decode_takesScalarsFromThePath(String field, String value) throws Exception {
    BindingRule rule = new BindingRule("GET", "/{" + field + "}", "", "");
    HttpBinding binding = compile("Search", rule);

    SearchRequest fromPath =
        message(SearchRequest.parser(), binding.decode(Map.of(field, value), "", utf8("")));
    SearchRequest fromQuery =
        message(
            SearchRequest.parser(),
            binding("Search").decode(Map.of("scope", ""), query(field, value), utf8("")));

    assertThat(fromPath).isEqualTo(fromQuery).isNotEqualTo(SearchRequest.getDefaultInstance());
  }

  private static String query(String key, String value) {
    return key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Test
  void decode_refusesPathValuesOfTheWrongKind() {
    HttpBinding binding = compile("Search", new BindingRule("GET", "/{count}/{flag}", "", ""));

    assertThat(error(binding, Map.of("count", "x", "flag", "true"), ""))
        .isEqualTo("count: expected a whole number of 32 bits");
    assertThat(error(binding, Map.of("count", "1", "flag", "yes"), ""))
        .isEqualTo("flag: expected true or false");
  }

  @Test
  void decode_takesAWholeBody() throws Exception {
    MoveBookRequest request =
        message(
            MoveBookRequest.parser(),
            binding("MoveBook")
                .decode(
                    Map.of("name", "shelves/1/books/2"),
                    null,
                    utf8("{\"otherShelf\":\"3\",\"place\":4}")));

    assertThat(request)
        .isEqualTo(
            MoveBookRequest.newBuilder()
                .setName("shelves/1/books/2")
                .setOtherShelf("3")
                .setPlace(4)
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name":"a"}  | true
          {"name":null} | true
          {}            | true
          {"name":"b"}  | false
          {"name":""}   | false
          """)
  void decode_refusesAWholeBodyThatContradictsThePath(String body, boolean agrees) {
    HttpBinding move = binding("MoveBook");

    if (agrees) {
      assertThat(move.decode(Map.of("name", "a"), "", utf8(body))).hasToString("name: \"a\"\n");
    } else {
      assertThat(error(move, Map.of("name", "a"), body))
          .isEqualTo("name: the body has another value than the path");
    }
  }

  @Test
  void decode_refusesABodyFieldThatContradictsThePath() {
    assertThat(error(UPDATE, BOOK, "{\"name\":\"shelves/1/books/3\"}"))
        .isEqualTo("book.name: the body has another value than the path");
    assertThat(error(UPDATE, BOOK, "{\"name\":\"\"}"))
        .isEqualTo("book.name: the body has another value than the path");
    assertThat(UPDATE.decode(BOOK, "", utf8("{\"name\":\"shelves/1/books/2\"}")).toString())
        .contains("shelves/1/books/2");
  }

  /** The body is another Author than the one that the path fills. */
  @Test
  void decode_tellsFieldsOfOneTypeApart() throws Exception {
    HttpBinding binding =
        compile("Search", new BindingRule("POST", "/{author.teacher.name}/x", "author", ""));
    Map<String, String> path = Map.of("author.teacher.name", "t");

    SearchRequest request =
        message(SearchRequest.parser(), binding.decode(path, "", utf8("{\"name\":\"a\"}")));

    assertThat(request.getAuthor().getName()).isEqualTo("a");
    assertThat(request.getAuthor().getTeacher().getName()).isEqualTo("t");
    assertThat(error(binding, path, "{\"teacher\":{\"name\":\"u\"}}"))
        .isEqualTo("author.teacher.name: the body has another value than the path");
  }

  @Test
  void decode_takesAnArrayForARepeatedField() throws Exception {
    HttpBinding batch = binding("BatchCreateBooks");
    Map<String, String> path = Map.of("shelf", "s");

    assertThat(
            message(
                BatchCreateBooksRequest.parser(),
                batch.decode(path, "", utf8(" [{\"title\":\"a\"},{\"title\":\"b\"}]"))))
        .isEqualTo(
            BatchCreateBooksRequest.newBuilder()
                .setShelf("s")
                .addBooks(Book.newBuilder().setTitle("a"))
                .addBooks(Book.newBuilder().setTitle("b"))
                .build());
    assertThat(batch.decode(path, "", utf8("[]"))).hasToString("shelf: \"s\"\n");
    assertThat(error(batch, path, "[{\"title\":\"a\"},{\"tags\":[1]}]"))
        .isEqualTo("[1].tags[0]: expected a string, found a number");
    assertThat(error(batch, path, "[{}"))
        .isEqualTo("The body is not valid JSON (line 1, column 4)");
    assertThat(error(batch, path, "[],\"shelf\":\"x\""))
        .isEqualTo("The body is not valid JSON (line 1, column 3)");
    assertThat(error(batch, path, "{}")).isEqualTo("The body must be a JSON array");
    assertThat(error(batch, path, "null")).isEqualTo("The body must be a JSON array");
    assertThat(error(batch, path, "")).isEqualTo("The body is empty, expected a JSON array");
  }

  @Test
  void decode_takesAnArrayOfScalars() throws Exception {
    HttpBinding words = binding("Search", 3);

    assertThat(
            message(
                    SearchRequest.parser(),
                    words.decode(Map.of("scope", "s"), "text=t", utf8("[\"a\",\"b\"]")))
                .getWordsList())
        .containsExactly("a", "b");
    assertThat(error(words, Map.of("scope", "s"), "[\"a\",1]"))
        .isEqualTo("[1]: expected a string, found a number");
  }

  @Test
  void decode_takesAStructForABody() throws Exception {
    HttpBinding struct = compile("Search", new BindingRule("POST", "/x", "object", ""));

    assertThat(
            message(
                    SearchRequest.parser(),
                    struct.decode(Map.of(), "", utf8("{\"a\":[1,{\"b\":null}]}")))
                .getObject()
                .getFieldsMap())
        .containsOnlyKeys("a");
    assertThat(error(struct, Map.of(), "{\"a\":1,\"a\":2}")).isEqualTo("a: given twice");
  }

  @Test
  void decode_setsAMessageBodyWithoutMembers() throws Exception {
    CreateBookRequest request =
        message(
            CreateBookRequest.parser(),
            binding("CreateBook").decode(Map.of("shelf", "s"), "bookId=b", utf8("{}")));

    assertThat(request.hasBook()).isTrue();
    assertThat(request.getBookId()).isEqualTo("b");
  }

  @Test
  void decode_namesTheMembersOfTheBodyInTheUpdateMask() {
    assertThat(
            mask(
                UPDATE,
                "",
                "{\"title\":\"t\",\"tags\":[],\"lent\":false,\"author\":null,\"sold\":1}"))
        .containsExactly("title", "tags", "lent", "sold");
    assertThat(mask(binding("UpdateBook", 1), "", "{\"subtitle\":\"\"}"))
        .containsExactly("subtitle");
    assertThat(mask(UPDATE, "allowMissing=true", "{\"author\":{\"born\":1}}"))
        .containsExactly("author");
    assertThat(mask(UPDATE, "", "{}")).isEmpty();
    assertThat(mask(UPDATE, "", "{\"title\":null}")).isEmpty();
  }

  @Test
  void decode_leavesAnUpdateMaskOfTheQueryAlone() {
    assertThat(mask(UPDATE, "updateMask=lent,author.born", "{\"title\":\"t\"}"))
        .containsExactly("lent", "author.born");
    assertThat(mask(UPDATE, "update_mask=", "{\"title\":\"t\"}")).isEmpty();
  }

  @Test
  void decode_makesNoUpdateMaskForOtherMethods() {
    HttpBinding post = compile("UpdateBook", new BindingRule("POST", "/x", "book", ""));
    HttpBinding whole = compile("UpdateBook", new BindingRule("PATCH", "/x", "*", ""));

    assertThat(mask(post, "", "{\"title\":\"t\"}")).isEmpty();
    assertThat(mask(whole, "", "{\"book\":{\"title\":\"t\"}}")).isEmpty();
  }

  private static List<String> mask(HttpBinding binding, String query, String body) {
    return message(UpdateBookRequest.parser(), binding.decode(BOOK, query, utf8(body)))
        .getUpdateMask()
        .getPathsList();
  }

  @Test
  void decode_passesOverABodyThatTheRuleDoesNotTake() {
    assertThat(binding("GetBook").decode(Map.of("name", "a"), "", utf8("no JSON")))
        .hasToString("name: \"a\"\n");
  }
}
