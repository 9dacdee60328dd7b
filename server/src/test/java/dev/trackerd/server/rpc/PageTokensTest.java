package dev.trackerd.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.v1.ErrorReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {
  private static final AccountId OURS = new AccountId("123456789012");
  private static final AccountId THEIRS = new AccountId("210987654321");

  private final PageTokens tokens = new PageTokens(new byte[32]);

  @ParameterizedTest
  @ValueSource(longs = {1, 4476908732794496L, (1L << 53) - 1, Long.MAX_VALUE})
  void parse_returnsTheId(long id) {
    assertThat(tokens.parse(OURS, tokens.of(OURS, id))).isEqualTo(id);
  }

  @Test
  void parse_takesTheEmptyTokenForTheFirstPage() {
    assertThat(tokens.parse(OURS, "")).isZero();
  }

  @Test
  void parse_acceptsTheTokenOfAReplica() {
    assertThat(new PageTokens(new byte[32]).parse(OURS, tokens.of(OURS, 7))).isEqualTo(7);
  }

  @Test
  void parse_refusesEveryAlteredByte() {
    String token = tokens.of(OURS, 4476908732794496L);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'Q' : 'A';
      refuses(token.substring(0, i) + other + token.substring(i + 1));
    }
  }

  @Test
  void parse_refusesAnotherAccountsToken() {
    refuses(tokens.of(THEIRS, 7));
  }

  @Test
  void parse_refusesAnotherKeysToken() {
    refuses(new PageTokens(new byte[] {1}).of(OURS, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%%%", "AAAA", "4476908732794496", " "})
  void parse_refusesNonsense(String token) {
    refuses(token);
  }

  private void refuses(String token) {
    RequestException refusal =
        catchThrowableOfType(RequestException.class, () -> tokens.parse(OURS, token));
    assertThat(refusal.reason()).isEqualTo(ErrorReason.PAGE_TOKEN_INVALID);
  }
}
