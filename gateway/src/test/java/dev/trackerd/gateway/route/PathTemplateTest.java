package dev.trackerd.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                                 |                    |        |
          /v1                               | v1                 |        |
          /v1/shelves                       | v1 shelves         |        |
          /v1/*                             | v1 *               |        |
          /v1/**                            | v1 **              |        |
          /v1/{id}                          | v1 *               |        | id[1,2)
          /v1/{id=*}                        | v1 *               |        | id[1,2)
          /v1/{a.b_c.d}/x/{e}               | v1 * x *           |        | a.b_c.d[1,2) e[3,4)
          /v1/{name=shelves/*/books/*}      | v1 shelves * books * |      | name[1,5)
          /v1/{name=shelves/*}/x            | v1 shelves * x     |        | name[1,3)
          /v1/{path=**}                     | v1 **              |        | path[1,-1)
          /v1/{path=files/**}:purge         | v1 files **        | purge  | path[1,-1)
          /v1/{id}:cancel                   | v1 *               | cancel | id[1,2)
          /v1/*:cancel                      | v1 *               | cancel |
          /oauth2/token:generate            | oauth2 token:generate |     |
          /v1/{id}/token:generate           | v1 * token:generate |       | id[1,2)
          /v1/a%20b                         | v1 a b             |        |
          """)
  void parse_findsSegmentsVerbAndVariables(
      String text, String segments, String verb, String variables) {
    PathTemplate template = PathTemplate.parse(text);

    assertThat(String.join(" ", template.segments())).isEqualTo(segments == null ? "" : segments);
    assertThat(template.verb()).isEqualTo(verb == null ? "" : verb);
    assertThat(
            template.captures().stream()
                .map(PathTemplateTest::show)
                .collect(Collectors.joining(" ")))
        .isEqualTo(variables == null ? "" : variables);
    assertThat(template).hasToString(text);
  }

  private static String show(PathTemplate.Variable variable) {
    return variable.fieldPath() + "[" + variable.from() + "," + variable.to() + ")";
  }

  @Test
  void variables_areInOrder() {
    assertThat(PathTemplate.parse("/{b}/x/{a.c=y/*}/{d=**}").variables())
        .isEqualTo(List.of("b", "a.c", "d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                   | 1  | expected /
          v1                   | 1  | expected /
          //v1                 | 2  | expected a literal, *, ** or {
          /v1/                 | 5  | expected a literal, *, ** or {
          /v1/{                | 6  | expected a field path
          /v1/{}               | 6  | expected a field path
          /v1/{1a}             | 6  | expected a field path
          /v1/{a.}             | 7  | expected }
          /v1/{a              | 7  | expected }
          /v1/{a=}             | 8  | expected a literal, *, **
          /v1/{a={b}}          | 8  | expected a literal, *, **
          /v1/{a}/{a}          | 9  | variable a stands here twice
          /v1/**/x             | 7  | ** must be the last segment
          /v1/{a=**/x}         | 10 | ** must be the last segment
          /v1/{a=**}/x         | 11 | ** must be the last segment
          /v1/***              | 7  | expected / or the end
          /v1/a*               | 6  | expected / or the end
          /v1/{a}b             | 8  | expected / or the end
          /v1/{a}:             | 9  | expected a verb
          /v1/{a}:b:c          | 10 | expected / or the end
          /v1/{a}:b/c          | 10 | expected / or the end
          /v1/{a=b}:c          | 10 | no verb may follow a variable that ends with a literal
          /v1/a b              | 6  | expected / or the end
          /v1/a?b              | 6  | expected / or the end
          /v1/..               | 5  | no path has the segment ..
          /v1/%2e              | 5  | no path has the segment .
          /v1/%2A              | 5  | no path has the segment *
          /v1/%zz              | 5  | expected a literal, *, ** or {
          /v1/%ff              | 5  | expected UTF-8 without %00
          /v1/%00              | 5  | expected UTF-8 without %00
          """)
  void parse_refusesWithTheColumn(String text, int column, String why) {
    assertThatThrownBy(() -> PathTemplate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("path template %s, column %d: %s", text, column, why);
  }
}
