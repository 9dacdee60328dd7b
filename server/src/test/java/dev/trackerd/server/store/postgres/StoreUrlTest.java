package dev.trackerd.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoreUrlTest {
  private static final String CANARY = "canary";

  @ParameterizedTest
  @CsvSource({
    "//db/trackerd,                          db:5432/trackerd",
    "//db:6000/trackerd,                     db:6000/trackerd",
    "'//db1,db2.example:6000/trackerd',      'db1:5432,db2.example:6000/trackerd'",
    "///trackerd,                            localhost:5432/trackerd",
    "'//127.0.0.1:1,[::1]:65535/track%20erd', '127.0.0.1:1,[::1]:65535/track%20erd'",
    "//[fe80::1%eth0]/trackerd,              [fe80::1%eth0]:5432/trackerd"
  })
  void parse_takesHostsAndDatabase(String given, String told) {
    StoreUrl url = StoreUrl.parse("jdbc:postgresql:" + given);
    assertThat(url).hasToString(told);
    assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://" + told);
    assertThat(url.properties()).isEmpty();
    assertThat(url.holdsSecret()).isFalse();
  }

  @Test
  void parse_takesParametersAndTellsNone() {
    StoreUrl url =
        StoreUrl.parse(
            "jdbc:postgresql://db/trackerd?user=canary&password=can%26ary+&sslmode=Verify-Full"
                + "&sslrootcert=/canary.pem&requireAuth=scram-sha-256,md5&options=-c%20geqo=off");
    assertThat(url.properties())
        .isEqualTo(
            Map.of(
                "user", CANARY,
                "password", "can&ary ",
                "sslmode", "Verify-Full",
                "sslrootcert", "/canary.pem",
                "requireAuth", "scram-sha-256,md5",
                "options", "-c geqo=off"));
    assertThat(url.toString() + url.jdbcUrl()).doesNotContain(CANARY);
  }

  @Test
  void holdsSecret_knowsThePasswordOfAKeyFileToo() {
    assertThat(StoreUrl.parse("jdbc:postgresql://db/t?user=u").holdsSecret()).isFalse();
    assertThat(StoreUrl.parse("jdbc:postgresql://db/t?password=p").holdsSecret()).isTrue();
    assertThat(StoreUrl.parse("jdbc:postgresql://db/t?sslpassword=p").holdsSecret()).isTrue();
  }

  @Test
  void withPassword_changesACopy() {
    StoreUrl url = StoreUrl.parse("jdbc:postgresql://db/t?user=u");
    StoreUrl with = url.withPassword("a secret");
    assertThat(with.properties()).isEqualTo(Map.of("user", "u", "password", "a secret"));
    assertThat(with.holdsSecret()).isTrue();
    assertThat(url.holdsSecret()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with.withPassword("canary"))
        .withMessage("the password stands in the URL, and apart from it (expected: once)");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://canary/t,                         the URL of a database (expected:",
    "jdbc:postgresql:canary,                        the URL of a database (expected:",
    "jdbc:postgresql://canary,                      the URL of a database (expected:",
    "jdbc:postgresql://canary/,                     the URL of a database (expected:",
    "jdbc:postgresql://canary/a/b,                  the URL of a database (expected:",
    "jdbc:postgresql://canary/t#x,                  the URL of a database (expected:",
    "jdbc:postgresql://u:canary@db/t,               the URL's host: it has an @",
    "'jdbc:postgresql://db,,canary/t',              the URL's host (expected:",
    "jdbc:postgresql://db canary/t,                 the URL's host (expected:",
    "jdbc:postgresql://db:canary/t,                 the URL's host (expected:",
    "jdbc:postgresql://db:70000/canary,             the URL's port (expected: 1 to 65535)",
    "jdbc:postgresql://db:0/canary,                 the URL's port (expected: 1 to 65535)",
    "jdbc:postgresql://db/canary%zz,                the URL's database (expected: % with",
    "jdbc:postgresql://db/canary%0a,                the URL's database: has a control character",
    "jdbc:postgresql://db/t?canary,                 parameter 1 of the URL (expected: name=value",
    "jdbc:postgresql://db/t?user=a&canary=b,        parameter 2 of the URL (expected: name=value",
    "jdbc:postgresql://db/t?user=a&,                parameter 2 of the URL (expected: name=value",
    "jdbc:postgresql://db/t?user=a&user=canary,     'parameter 2 of the URL, user: stands there'",
    "jdbc:postgresql://db/t?PGHOST=canary,          'parameter 1 of the URL, PGHOST (expected:'",
    "jdbc:postgresql://db/t?service=canary,         'parameter 1 of the URL, service (expected:'",
    "jdbc:postgresql://db/t?sslmode=canary,         'parameter 1 of the URL, sslmode (expected:'",
    "jdbc:postgresql://db/t?password=%xcanary,      'parameter 1 of the URL, password (expected:'"
  })
  void parse_namesWhatIsWrongAndRepeatsNothing(String text, String told) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoreUrl.parse(text))
        .withMessageStartingWith(told)
        .withMessageNotContaining(CANARY)
        .withNoCause();
  }
}
