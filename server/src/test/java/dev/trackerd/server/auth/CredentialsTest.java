package dev.trackerd.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.AccountId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
  private static final AccountId A = new AccountId("123456789012");
  private static final AccountId B = new AccountId("210987654321");

  @Test
  void parse_returnsKeysInTheirOrder() {
    assertThat(Credentials.parse("123456789012:app1:secret1,210987654321:app2:secret2"))
        .containsExactly(new NewApiKey(A, "app1", "secret1"), new NewApiKey(B, "app2", "secret2"));
  }

  @Test
  void parse_takesSecretsAsOtherServicesMakeThem() {
    assertThat(Credentials.parse("123456789012:AKIDEXAMPLE:wJalr/K7+bPx:Rfi="))
        .containsExactly(new NewApiKey(A, "AKIDEXAMPLE", "wJalr/K7+bPx:Rfi="));
  }

  @Test
  void parse_ignoresSpaceAroundEntriesAndRepetition() {
    assertThat(Credentials.parse(" 123456789012:a:s ,\n 123456789012:a:s\n"))
        .containsExactly(new NewApiKey(A, "a", "s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void parse_findsNothingInABlankValue(String value) {
    assertThat(Credentials.parse(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "canary                                         | entry 1: expected account:id:secret",
        "123456789012:canary                            | entry 1: expected account:id:secret",
        "123456789012:a:s,                              | entry 2: expected account:id:secret",
        "canary:a:123456789012                          | entry 1: account (expected: 12",
        "12345678901:a:canary                           | entry 1: account (expected: 12",
        "1234567890123:a:canary                         | entry 1: account (expected: 12",
        "१२३४५६७८९०१२:a:canary                          | entry 1: account (expected: 12",
        "123456789012::canary                           | entry 1: key id (expected: 1 to 128",
        "123456789012:canary/x:s                        | entry 1: key id (expected: 1 to 128",
        "123456789012:canary x:s                        | entry 1: key id (expected: 1 to 128",
        "123456789012:cänary:s                          | entry 1: key id (expected: 1 to 128",
        "123456789012:a:                                | entry 1: secret (expected: 1 to 256",
        "123456789012:a:canary x                        | entry 1: secret (expected: 1 to 256",
        "123456789012:a:s,210987654321:b:cänary         | entry 2: secret (expected: 1 to 256",
        "123456789012:a:canary1,123456789012:a:canary2  | entry 2: the key id stands in an earlier",
        "123456789012:a:canary,210987654321:a:canary    | entry 2: the key id stands in an earlier"
      })
  void parse_saysWhichEntryIsWrongAndRepeatsNothing(String value, String message) {
    assertThatThrownBy(() -> Credentials.parse(value))
        .isInstanceOf(ApiKeyException.class)
        .hasMessageStartingWith("TRACKERD_CREDENTIALS: " + message)
        .hasMessageNotContainingAny("canary", "cänary", "123456789012")
        .hasNoCause();
  }

  @Test
  void parse_boundsIdAndSecret() {
    String longest = "123456789012:" + "i".repeat(128) + ":" + "s".repeat(256);
    assertThat(Credentials.parse(longest)).hasSize(1);
    assertThatThrownBy(() -> Credentials.parse(longest + "s")).hasMessageContaining("secret");
    assertThatThrownBy(() -> Credentials.parse(longest.replace(":i", ":ii")))
        .hasMessageContaining("key id");
  }
}
