package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.binding;
import static dev.trackerd.gateway.transcode.TestBindings.compile;
import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.trackerd.gateway.library.Book;
import dev.trackerd.gateway.library.ListBooksRequest;
import dev.trackerd.gateway.library.ListBooksResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {
  private static final HttpBinding LIST = binding("ListBooks");

  private static ListBooksResponse page(String nextToken, int total, String... titles) {
    ListBooksResponse.Builder page =
        ListBooksResponse.newBuilder().setNextPageToken(nextToken).setTotalSize(total);
    for (String title : titles) {
      page.addBooks(Book.newBuilder().setTitle(title));
    }
    return page.build();
  }

  /** Writes the document as a listener would. */
  private static String document(Paging paging, List<ListBooksResponse> pages) {
    StringBuilder document = new StringBuilder(utf8(paging.prefix()));
    boolean before = false;
    for (ListBooksResponse page : pages) {
      String items = utf8(paging.items(page, before));
      document.append(items);
      before |= !items.isEmpty();
    }
    return document.append(utf8(paging.suffix(pages.get(pages.size() - 1)))).toString();
  }

  @Test
  void document_ofManyPagesIsThatOfOne() {
    Paging paging = LIST.paging().orElseThrow();
    List<ListBooksResponse> pages =
        List.of(page("x", 1), page("y", 2, "a", "b"), page("z", 3), page("", 4, "c"));

    assertThat(document(paging, pages)).isEqualTo(utf8(LIST.encode(page("", 4, "a", "b", "c"))));
  }

  @Test
  void document_ofNothingIsThatOfAnEmptyReply() {
    Paging paging = LIST.paging().orElseThrow();

    assertThat(document(paging, List.of(page("", 0)))).isEqualTo("{\"books\":[],\"totalSize\":0}");
  }

  @Test
  void document_ofAResponseBodyIsAnArray() {
    HttpBinding bare = binding("ListBooks", 1);
    List<ListBooksResponse> pages = List.of(page("x", 1, "a"), page("", 2, "b"));

    assertThat(document(bare.paging().orElseThrow(), pages))
        .isEqualTo(utf8(bare.encode(page("", 0, "a", "b"))))
        .startsWith("[{");
    assertThat(document(bare.paging().orElseThrow(), List.of(page("", 0)))).isEqualTo("[]");
  }

  @Test
  void first_asksForTheLargestPage() {
    Message request = ListBooksRequest.newBuilder().setShelf("s").build();

    assertThat(LIST.paging().orElseThrow().first(request))
        .isEqualTo(
            ListBooksRequest.newBuilder().setShelf("s").setPageSize(Integer.MAX_VALUE).build());
  }

  @Test
  void next_asksForThePageThatFollows() {
    Paging paging = LIST.paging().orElseThrow();
    Message request = ListBooksRequest.newBuilder().setShelf("s").setPageToken("x").build();
    List<Message> requests = new ArrayList<>();
    Optional<Message> next = Optional.of(request);
    for (String token : List.of("y", "z", "")) {
      requests.add(next.orElseThrow());
      next = paging.next(next.get(), page(token, 0));
    }

    assertThat(next).isEmpty();
    assertThat(requests)
        .containsExactly(
            request,
            ListBooksRequest.newBuilder().setShelf("s").setPageToken("y").build(),
            ListBooksRequest.newBuilder().setShelf("s").setPageToken("z").build());
  }

  /** A server that goes round in circles would keep the connection for ever. */
  @Test
  void next_refusesTheTokenOfTheSamePage() {
    Paging paging = LIST.paging().orElseThrow();
    Message request = ListBooksRequest.newBuilder().setPageToken("x").build();

    assertThatThrownBy(() -> paging.next(request, page("x", 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("library.v1.ListBooksResponse leads to the page that it is");
  }

  @ParameterizedTest
  @CsvSource({
    "'', false",
    ", false",
    "shelf=1, false",
    "pageSize=1, true",
    "page_size=1, true",
    "pageSize=, true",
    "pageSize, true",
    "&pageToken=x, true",
    "page%5Ftoken=x, true",
    "xpageToken=x, false"
  })
  void isAskedFor_findsEitherKey(String query, boolean asked) {
    assertThat(LIST.paging().orElseThrow().isAskedFor(query)).isEqualTo(asked);
  }

  @Test
  void paging_isForMethodsWithPagesOnly() {
    assertThat(binding("FindBooks").paging()).isEmpty();
    assertThat(binding("BatchCreateBooks").paging()).isEmpty();
    assertThat(binding("GetBook").paging()).isEmpty();
    assertThat(binding("List").paging()).isPresent();
    assertThat(binding("FindByName").paging()).isEmpty();
  }

  @Test
  void paging_needsBothFieldsInTheQuery() {
    assertThat(binding("ListBooks", 2).paging()).isEmpty();
    assertThat(compile("ListBooks", new BindingRule("POST", "/x", "*", "")).paging()).isEmpty();
    assertThat(compile("ListBooks", new BindingRule("GET", "/x", "", "total_size")).paging())
        .isEmpty();
  }
}
