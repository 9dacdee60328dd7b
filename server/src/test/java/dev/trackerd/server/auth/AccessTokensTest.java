package dev.trackerd.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTokensTest {
  private static final Caller APP1 = new Caller(new AccountId("123456789012"), "app1");
  private static final Caller APP2 = new Caller(new AccountId("123456789012"), "app2");

  @TempDir Path folder;
  private final TestTime time = new TestTime();
  private Stores stores;
  private MasterKey master;
  private ApiKeys keys;
  private AccessTokens tokens;

  @BeforeEach
  void open() {
    stores = SqliteStores.open(folder, StoreConfig.unlimited());
    master = MasterKey.open(folder);
    keys = openKeys();
    keys.ensure(new NewApiKey(APP1.account(), "app1", "secret1"));
    keys.ensure(new NewApiKey(APP2.account(), "app2", "secret2"));
    tokens = AccessTokens.of(master, keys, time);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private ApiKeys openKeys() {
    return ApiKeys.open(stores.credentials(), master, time, time.ticker());
  }

  private void assertRefused(String token) {
    assertThatThrownBy(() -> tokens.verify(token))
        .isInstanceOf(InvalidTokenException.class)
        .hasMessage("Token validation failed for provided token.");
  }

  @Test
  void issue_makesAJwtForOneDay() {
    AccessToken token = tokens.issue(APP1);
    assertThat(token.expiresIn()).isEqualTo(86_400);
    String[] parts = token.value().split("\\.");
    assertThat(parts).hasSize(3);
    assertThat(Forger.decode(parts[0])).isEqualTo(Forger.HEADER);
    long now = Instant.parse("2026-11-20T12:00:00Z").getEpochSecond();
    assertThat(Forger.decode(parts[1]))
        .contains("\"iss\":\"trackerd\"", "\"aud\":\"trackerd\"", "\"sub\":\"123456789012\"")
        .contains("\"client_id\":\"app1\"", "\"iat\":" + now, "\"exp\":" + (now + 86_400))
        .containsPattern("\"jti\":\"[0-9a-f-]{36}\"");
  }

  @Test
  void issue_returnsTheSameTokenUntilItIsNearlyOver() {
    AccessToken first = tokens.issue(APP1);
    time.pass(Duration.ofSeconds(10_124));
    assertThat(tokens.issue(APP1)).isEqualTo(new AccessToken(first.value(), 76_276));
    time.pass(Duration.ofSeconds(86_340 - 10_124));
    assertThat(tokens.issue(APP1)).isEqualTo(new AccessToken(first.value(), 60));
    time.pass(Duration.ofSeconds(1));
    AccessToken second = tokens.issue(APP1);
    assertThat(second.expiresIn()).isEqualTo(86_400);
    assertThat(second.value()).isNotEqualTo(first.value());
  }

  @Test
  void issue_makesATokenOfItsOwnForEachKey() throws Exception {
    AccessToken first = tokens.issue(APP1);
    AccessToken second = tokens.issue(APP2);
    assertThat(first.value()).isNotEqualTo(second.value());
    assertThat(tokens.verify(first.value())).isEqualTo(APP1);
    assertThat(tokens.verify(second.value())).isEqualTo(APP2);
  }

  @Test
  void issue_forgetsATokenFromTheFuture() {
    AccessToken first = tokens.issue(APP1);
    time.set(time.instant().minusSeconds(3_600));
    AccessToken second = tokens.issue(APP1);
    assertThat(second.expiresIn()).isEqualTo(86_400);
    assertThat(second.value()).isNotEqualTo(first.value());
  }

  @Test
  void verify_refusesATokenThatExpired() throws Exception {
    String token = tokens.issue(APP1).value();
    time.set(Instant.parse("2026-11-21T11:59:59.999Z"));
    assertThat(tokens.verify(token)).isEqualTo(APP1);
    time.set(Instant.parse("2026-11-21T12:00:00Z"));
    assertRefused(token);
    assertThatThrownBy(() -> AccessTokens.of(master, keys, time).verify(token))
        .as("in a process that sees it for the first time")
        .isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void verify_allowsForAClockThatIsAMinuteAhead() throws Exception {
    time.set(Instant.parse("2026-11-20T12:01:00Z"));
    String token = tokens.issue(APP1).value();
    time.set(Instant.parse("2026-11-20T12:00:00Z"));
    assertThat(tokens.verify(token)).isEqualTo(APP1);
    time.set(Instant.parse("2026-11-20T11:59:59.999Z"));
    assertRefused(token);
  }

  @Test
  void verify_takesTokensOfAnotherProcessWithTheSameMasterKey() throws Exception {
    String token = AccessTokens.of(master, openKeys(), time).issue(APP1).value();
    assertThat(tokens.verify(token)).isEqualTo(APP1);
  }

  @Test
  void verify_refusesTokensOfAnotherMasterKey() throws Exception {
    MasterKey other = MasterKey.open(folder.resolve("other"));
    AccessTokens others = AccessTokens.of(other, keys, time);
    String token = others.issue(APP1).value();
    assertThat(others.verify(token)).isEqualTo(APP1);
    assertRefused(token);
  }

  @Test
  void verify_refusesATokenWhoseKeyWasRevoked() throws Exception {
    String token = tokens.issue(APP1).value();
    assertThat(tokens.verify(token)).isEqualTo(APP1);
    keys.revoke("app1");
    assertRefused(token);
    assertThat(tokens.verify(tokens.issue(APP2).value())).isEqualTo(APP2);
  }

  @Test
  void verify_seesARevocationByAnotherProcessWithinTenSeconds() throws Exception {
    String token = tokens.issue(APP1).value();
    assertThat(tokens.verify(token)).isEqualTo(APP1);
    openKeys().revoke("app1");
    time.pass(Duration.ofSeconds(10));
    assertRefused(token);
  }

  @Test
  void toString_hidesTheToken() {
    AccessToken token = tokens.issue(APP1);
    assertThat(token).hasToString("AccessToken[expiresIn=86400]");
  }
}
