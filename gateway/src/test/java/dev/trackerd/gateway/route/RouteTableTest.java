package dev.trackerd.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.gateway.route.RouteException.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

  /** The target of a route is its template. */
  private static RouteTable<List<String>> table(String... rules) {
    RouteTable.Builder<String> builder = RouteTable.builder();
    for (String rule : rules) {
      String[] parts = rule.split(" ");
      builder.add(parts[0], PathTemplate.parse(parts[1]), parts[1]);
    }
    return builder.build(targets -> targets);
  }

  private static String show(RouteMatch<List<String>> match) {
    return match.target().get(0) + " " + new TreeMap<>(match.variables());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          /v1/shelves                    | /v1/shelves {}
          /v1/shelves/                   | /v1/shelves {}
          /v1/shelv%65s                  | /v1/shelves {}
          /v1/shelves/7                  | /v1/shelves/{shelf} {shelf=7}
          /v1/shelves/7/                 | /v1/shelves/{shelf} {shelf=7}
          /v1/shelves/search             | /v1/shelves/search {}
          /v1/shelves/search/books       | /v1/shelves/{shelf}/books {shelf=search}
          /v1/shelves/a%2Fb              | /v1/shelves/{shelf} {shelf=a/b}
          /v1/shelves/a+b%2Bc            | /v1/shelves/{shelf} {shelf=a+b+c}
          /v1/shelves/%E2%82%AC%20%C3%A4 | /v1/shelves/{shelf} {shelf=€ ä}
          /v1/shelves/%252F              | /v1/shelves/{shelf} {shelf=%2F}
          /v1/shelves/a:b                | /v1/shelves/{shelf} {shelf=a:b}
          /v1/shelves/a:                 | /v1/shelves/{shelf} {shelf=a:}
          /v1/shelves/:close             | /v1/shelves/{shelf} {shelf=:close}
          /v1/shelves/a:close            | /v1/shelves/{shelf}:close {shelf=a}
          /v1/shelves/a:b:close          | /v1/shelves/{shelf}:close {shelf=a:b}
          /v1/shelves/a:clos%65          | /v1/shelves/{shelf}:close {shelf=a}
          /v1/shelves/a%3Aclose          | /v1/shelves/{shelf} {shelf=a:close}
          /v1/shelves/search:close       | /v1/shelves/{shelf}:close {shelf=search}
          /v1/shelves/a:close/books      | /v1/shelves/{shelf}/books {shelf=a:close}
          /oauth2/token:generate         | /oauth2/token:generate {}
          /oauth2/token%3Agenerate       | /oauth2/token:generate {}
          /oauth2/token:generate/        | /oauth2/token:generate {}
          /v2/shelves/1/books/2          | /v2/{name=shelves/*/books/*} {name=shelves/1/books/2}
          /v2/shelves/%2f/books/%20      | /v2/{name=shelves/*/books/*} {name=shelves/%2f/books/ }
          /v2/files                      | /v2/files/{path=**} {path=}
          /v2/files/a/b%20c%2Fd          | /v2/files/{path=**} {path=a/b c%2Fd}
          /v2/files/a/b:purge            | /v2/files/{path=**}:purge {path=a/b}
          /v2/files/a:purge/b            | /v2/files/{path=**} {path=a:purge/b}
          /v2/files/fixed                | /v2/files/fixed {}
          /v2/files/fixed/deep           | /v2/files/{path=**} {path=fixed/deep}
          /v2/other/x                    | /v2/{rest=**} {rest=other/x}
          /v3/x/same                     | /v3/{a}/same {a=x}
          /v3/x/y/z                      | /v3/x/{b}/z {b=y}
          /                              | / {}
          """)
  void match_takesTheMostSpecificRoute(String path, String expected) {
    RouteTable<List<String>> table =
        table(
            "GET /",
            "GET /v2/{rest=**}",
            "GET /v1/shelves/{shelf}",
            "GET /v1/shelves/{shelf}:close",
            "GET /v1/shelves/search",
            "GET /v1/shelves/{shelf}/books",
            "GET /v1/shelves",
            "GET /oauth2/token:generate",
            "GET /v2/{name=shelves/*/books/*}",
            "GET /v2/files/{path=**}",
            "GET /v2/files/{path=**}:purge",
            "GET /v2/files/fixed",
            "GET /v3/{a}/same",
            "GET /v3/x/{b}/z");

    assertThat(show(table.match("GET", path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "v1/x",
        "//",
        "/v1",
        "/v1//",
        "//v1/x",
        "/v1/x//",
        "/v1//x",
        "/v1/./x",
        "/v1/../v1/x",
        "/v1/x/..",
        "/v1/%2e%2E",
        "/v1/x/y",
        "/V1/x",
        "/v1/x:verb/y",
        "/"
      })
  void match_findsNothing(String path) {
    RouteTable<List<String>> table = table("GET /v1/{id}", "GET /v1/{id}:verb");

    assertThatThrownBy(() -> table.match("GET", path))
        .isInstanceOfSatisfying(
            RouteException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND);
              assertThat(e.allowed()).isEmpty();
            });
    assertThat(table.methods(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/%",
        "/v1/%4",
        "/v1/%zz",
        "/v1/%+1",
        "/v1/a%00b",
        "/v1/%ff",
        "/v1/%C3",
        "/v1/%ED%A0%80",
        "/v1/%C0%AF",
        "/v1/ä",
        "/v1/a b",
        "/v1/\u0001",
        "/nowhere/%",
        "/v1/x:%"
      })
  void match_refusesBadEncodingEverywhere(String path) {
    RouteTable<List<String>> table = table("GET /v1/{id}");

    assertThat(catchThrowableOfType(RouteException.class, () -> table.match("GET", path)).reason())
        .isEqualTo(Reason.BAD_PATH);
    assertThat(catchThrowableOfType(RouteException.class, () -> table.methods(path)).reason())
        .isEqualTo(Reason.BAD_PATH);
  }

  @Test
  void match_isNotHiddenByALiteralOfAnotherMethod() {
    RouteTable<List<String>> table =
        table("GET /t/search", "DELETE /t/{id}", "PUT /t/**", "POST /t/{id}:run", "PATCH /t/{id}");

    assertThat(show(table.match("GET", "/t/search"))).isEqualTo("/t/search {}");
    assertThat(show(table.match("DELETE", "/t/search"))).isEqualTo("/t/{id} {id=search}");
    assertThat(show(table.match("PUT", "/t/search"))).isEqualTo("/t/** {}");
    assertThat(show(table.match("POST", "/t/search:run"))).isEqualTo("/t/{id}:run {id=search}");
    assertThat(show(table.match("DELETE", "/t/search:run"))).isEqualTo("/t/{id} {id=search:run}");
    assertThat(table.methods("/t/search")).containsExactly("DELETE", "GET", "PATCH", "PUT");
  }

  @Test
  void match_namesTheAllowedMethods() {
    RouteTable<List<String>> table = table("PUT /t/{id}", "GET /t/x", "DELETE /t/*", "POST /u");

    RouteException e =
        catchThrowableOfType(RouteException.class, () -> table.match("POST", "/t/x"));

    assertThat(e.reason()).isEqualTo(Reason.METHOD_NOT_ALLOWED);
    assertThat(e.allowed()).containsExactly("DELETE", "GET", "PUT");
    assertThat(e).hasMessage("This path allows only DELETE, GET, PUT.");
    assertThatThrownBy(() -> table.match("get", "/t/x")).isInstanceOf(RouteException.class);
  }

  @Test
  void build_groupsTemplatesOfOneShape() {
    RouteTable<List<String>> table =
        table("GET /t/{a}/x", "POST /t/{a}/x", "GET /t/{b}/x", "GET /t/*/x", "GET /t/y/x");

    RouteMatch<List<String>> match = table.match("GET", "/t/%3A/x");

    assertThat(match.target()).containsExactly("/t/{a}/x", "/t/{b}/x", "/t/*/x");
    assertThat(match.variables()).isEqualTo(Map.of("a", ":", "b", ":"));
  }

  @Test
  void build_refusesOneNameAtTwoPlaces() {
    assertThatThrownBy(() -> table("GET /{name=t/*}", "GET /t/{name}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "path templates /{name=t/*} and /t/{name} share a route, but name is not at the same"
                + " place in both");
  }
}
