package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.binding;
import static dev.trackerd.gateway.transcode.TestBindings.compile;
import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.trackerd.gateway.library.Author;
import dev.trackerd.gateway.library.BatchCreateBooksResponse;
import dev.trackerd.gateway.library.Book;
import dev.trackerd.gateway.library.File;
import dev.trackerd.gateway.library.Genre;
import dev.trackerd.gateway.library.SearchRequest;
import dev.trackerd.gateway.library.SearchResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyEncodingTest {
  private static final String EMPTY_BOOK =
      "{\"name\":\"\",\"title\":\"\",\"tags\":[],\"sold\":\"0\",\"genre\":\"GENRE_UNSPECIFIED\",\"lent\":false}";

  private static String encode(HttpBinding binding, Message reply) {
    return utf8(binding.encode(reply));
  }

  private static String part(String rpc, String field, Message reply) {
    return encode(compile(rpc, new BindingRule("GET", "/x", "", field)), reply);
  }

  @Test
  void encode_writesEveryFieldWithoutPresence() {
    assertThat(encode(binding("GetBook"), Book.getDefaultInstance())).isEqualTo(EMPTY_BOOK);
  }

  @Test
  void encode_writesOptionalFieldsOnlyIfSet() {
    Book book =
        Book.newBuilder()
            .setName("ä€😀\"'<")
            .setSubtitle("")
            .addNotes("n")
            .setEdition(2)
            .setSold(Long.MAX_VALUE)
            .setGenre(Genre.NOVEL)
            .setLent(true)
            .setAuthor(Author.getDefaultInstance())
            .build();

    assertThat(encode(binding("GetBook"), book))
        .isEqualTo(
            "{\"name\":\"ä€😀\\\"'<\",\"title\":\"\",\"tags\":[],\"author\":{\"name\":\"\",\"born\":0},"
                + "\"sold\":\"9223372036854775807\",\"genre\":\"NOVEL\",\"lent\":true,"
                + "\"subtitle\":\"\",\"notes\":[\"n\"],\"edition\":2}");
  }

  @Test
  void encode_writesFieldsOfMessagesInside() {
    assertThat(
            encode(
                binding("BatchCreateBooks"),
                BatchCreateBooksResponse.newBuilder().addBooks(Book.getDefaultInstance()).build()))
        .isEqualTo("{\"books\":[" + EMPTY_BOOK + "]}");
    assertThat(encode(binding("BatchCreateBooks"), BatchCreateBooksResponse.getDefaultInstance()))
        .isEqualTo("{\"books\":[]}");
    assertThat(encode(binding("Ping"), Empty.getDefaultInstance())).isEqualTo("{}");
  }

  @Test
  void encode_writesAResponseBodyOfAnyKind() {
    Book book =
        Book.newBuilder()
            .setTitle("a:b}")
            .addTags("x")
            .addTags("y")
            .setLent(true)
            .setAuthor(Author.newBuilder().setBorn(1))
            .build();

    assertThat(part("GetBook", "title", book)).isEqualTo("\"a:b}\"");
    assertThat(part("GetBook", "tags", book)).isEqualTo("[\"x\",\"y\"]");
    assertThat(part("GetBook", "lent", book)).isEqualTo("true");
    assertThat(part("GetBook", "sold", book)).isEqualTo("\"0\"");
    assertThat(part("GetBook", "genre", book)).isEqualTo("\"GENRE_UNSPECIFIED\"");
    assertThat(part("GetBook", "author", book)).isEqualTo("{\"name\":\"\",\"born\":1}");
    assertThat(part("GetBook", "subtitle", book)).isEqualTo("\"\"");
    assertThat(part("GetBook", "notes", book)).isEqualTo("[]");
    assertThat(part("GetBook", "edition", book)).isEqualTo("0");
    assertThat(part("GetBook", "author", Book.getDefaultInstance()))
        .isEqualTo("{\"name\":\"\",\"born\":0}");
  }

  @Test
  void encode_writesAResponseBodyOfMessagesAndMaps() {
    BatchCreateBooksResponse books =
        BatchCreateBooksResponse.newBuilder()
            .addBooks(Book.getDefaultInstance())
            .addBooks(Book.getDefaultInstance())
            .build();

    assertThat(part("BatchCreateBooks", "books", books))
        .isEqualTo("[" + EMPTY_BOOK + "," + EMPTY_BOOK + "]");
    assertThat(part("BatchCreateBooks", "books", BatchCreateBooksResponse.getDefaultInstance()))
        .isEqualTo("[]");
    assertThat(part("GetFile", "labels", File.newBuilder().putLabels("a", "b").build()))
        .isEqualTo("{\"a\":\"b\"}");
    assertThat(part("GetFile", "labels", File.getDefaultInstance())).isEqualTo("{}");
    assertThat(part("GetFile", "made", File.getDefaultInstance()))
        .isEqualTo("\"1970-01-01T00:00:00Z\"");
  }

  @Test
  void encode_refusesWhatHasNoJsonForm() {
    SearchRequest.Builder unknown =
        SearchRequest.newBuilder().setPacked(Any.newBuilder().setTypeUrl("x/unknown.T"));
    SearchRequest.Builder beyond =
        SearchRequest.newBuilder().setSince(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE));

    for (SearchRequest.Builder request : List.of(unknown, beyond)) {
      SearchResponse reply = SearchResponse.newBuilder().setRequest(request).build();

      assertThatThrownBy(() -> binding("Search").encode(reply))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a reply of type library.v1.SearchResponse has no JSON form");
    }
  }
}
