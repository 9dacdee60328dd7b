package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.binding;
import static dev.trackerd.gateway.transcode.TestBindings.compile;
import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.gateway.json.TranscodeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpBindingsTest {
  private static final HttpBindings POSTS =
      HttpBindings.of(List.of(binding("CreateBook"), binding("BatchCreateBooks")));
  private static final HttpBindings GETS =
      HttpBindings.of(List.of(binding("ListBooks"), binding("FindBooks")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}           | CreateBook
          ` \t\r\n{`   | CreateBook
          [            | BatchCreateBooks
          ` [{}]`      | BatchCreateBooks
          """)
  void select_goesByTheRootOfTheBody(String body, String method) {
    assertThat(POSTS.select("", utf8(body)).method().getName()).isEqualTo(method);
  }

  @ParameterizedTest
  @CsvSource({"''", "'  '", "null", "5", "'\"{}\"'", "x", "\uFEFF{}"})
  void select_refusesOtherRoots(String body) {
    assertThat(catchThrowableOfType(TranscodeException.class, () -> POSTS.select("", utf8(body))))
        .hasMessage("The body must be a JSON object or a JSON array");
  }

  @Test
  void select_ofOneBindingLooksAtNothing() {
    HttpBinding only = binding("CreateBook");

    assertThat(HttpBindings.of(List.of(only)).select("%", utf8("["))).isSameAs(only);
  }

  @Test
  void select_tellsNoBodyFromABody() {
    HttpBinding without = compile("CreateBook", new BindingRule("POST", "/x", "", ""));
    HttpBindings bindings = HttpBindings.of(List.of(binding("CreateBook"), without));

    assertThat(bindings.select("", utf8(""))).isSameAs(without);
    assertThat(bindings.select("", utf8("{}"))).isSameAs(bindings.bindings().get(0));
    assertThat(catchThrowableOfType(TranscodeException.class, () -> bindings.select("", utf8("["))))
        .hasMessage("The body must be no body or a JSON object");
  }

  @ParameterizedTest
  @CsvSource({
    "'', ListBooks",
    "pageSize=1, ListBooks",
    "title=a, FindBooks",
    "title=, FindBooks",
    "title, FindBooks",
    "&title=a, FindBooks",
    "%74itle=a, FindBooks",
    "exactMatch=true&title=a, FindBooks",
    "exactMatch=true, ListBooks",
    "xtitle=a, ListBooks"
  })
  void select_goesByTheRequiredQueryFields(String query, String method) {
    assertThat(GETS.select(query, new byte[0]).method().getName()).isEqualTo(method);
  }

  @Test
  void select_refusesAMalformedQuery() {
    assertThat(
            catchThrowableOfType(
                TranscodeException.class, () -> GETS.select("title=%", new byte[0])))
        .hasMessage("The query is not percent-encoded as it must be");
  }

  @Test
  void select_takesTheBindingThatRequiresMost() {
    HttpBinding both = compile("FindBooks", new BindingRule("GET", "/x", "", ""));
    HttpBindings bindings =
        HttpBindings.of(List.of(binding("ListBooks"), binding("FindBooks"), both));

    assertThat(bindings.select("title=a&id=1", new byte[0])).isSameAs(both);
    assertThat(bindings.select("title=a", new byte[0])).isSameAs(bindings.bindings().get(1));
    assertThat(bindings.select("id=1", new byte[0])).isSameAs(bindings.bindings().get(0));
  }

  @Test
  void of_refusesWhatNothingTellsApart() {
    assertThatThrownBy(() -> HttpBindings.of(List.of(binding("CreateBook"), binding("UpdateBook"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "methods library.v1.LibraryService.CreateBook and library.v1.LibraryService.UpdateBook"
                + " share the route POST /v1/shelves/{shelf}/books, but take the same kind of body"
                + " and the same REQUIRED query parameters");
    assertThatThrownBy(() -> HttpBindings.of(List.of(binding("GetBook"), binding("ListBooks"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("library.v1.LibraryService.ListBooks");
  }

  @Test
  void of_refusesBindingsOfDifferentOptions() {
    assertThatThrownBy(() -> HttpBindings.of(List.of(binding("BatchCreateBooks"), binding("Ping"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("must agree on public and max_body_bytes");
  }

  @Test
  void options_areThoseOfTheMethod() {
    HttpBindings ping = HttpBindings.of(List.of(binding("Ping")));

    assertThat(ping.isPublic()).isTrue();
    assertThat(ping.maxBodyBytes()).isEqualTo(64);
    assertThat(ping.takesBody()).isTrue();
    assertThat(POSTS.isPublic()).isFalse();
    assertThat(POSTS.maxBodyBytes()).isEqualTo(1_048_576);
    assertThat(POSTS.takesBody()).isTrue();
    assertThat(GETS.takesBody()).isFalse();
    assertThat(GETS.bindings())
        .extracting(binding -> binding.method().getName())
        .containsExactly("ListBooks", "FindBooks");
  }
}
