package dev.trackerd.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RpcTokensTest {
  private static final Caller APP = new Caller(new AccountId("123456789012"), "app1");
  private static final String RPC = "tracker.v1.TrackerService/Delete";

  @TempDir Path folder;
  private final TestTime time = new TestTime();
  private Stores stores;
  private ApiKeys keys;
  private AccessTokens accessTokens;
  private RpcTokens tokens;

  @BeforeEach
  void open() {
    stores = SqliteStores.open(folder, StoreConfig.unlimited());
    MasterKey master = MasterKey.open(folder);
    keys = ApiKeys.open(stores.credentials(), master, time, time.ticker());
    keys.ensure(new NewApiKey(APP.account(), "app1", "secret1"));
    accessTokens = AccessTokens.of(master, keys, time);
    tokens = RpcTokens.of(master, keys, time);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void verify_acceptsATokenForItsRpc() throws Exception {
    AccessToken token = tokens.issue(APP, RPC);
    assertThat(token.expiresIn()).isEqualTo(60);
    assertThat(tokens.isOne(token.value())).isTrue();
    assertThat(tokens.verify(token.value(), RPC)).isEqualTo(APP);
  }

  @Test
  void verify_refusesATokenForAnotherRpc() {
    String token = tokens.issue(APP, RPC).value();
    assertRefused(() -> tokens.verify(token, RPC + "EventTracker"));
    assertRefused(() -> tokens.verify(token, "tracker.v1.TrackerService/Get"));
    assertRefused(() -> tokens.verify(token, ""));
  }

  @Test
  void neitherKind_passesForTheOther() {
    String ofRpc = tokens.issue(APP, RPC).value();
    String ofAll = accessTokens.issue(APP).value();
    assertThat(tokens.isOne(ofAll)).isFalse();
    assertRefused(() -> accessTokens.verify(ofRpc));
    assertRefused(() -> tokens.verify(ofAll, RPC));
    String renamed = ofRpc.split("\\.")[0] + ofAll.substring(ofAll.indexOf('.'));
    assertThat(tokens.isOne(renamed)).isTrue();
    assertRefused(() -> tokens.verify(renamed, RPC));
  }

  @Test
  void verify_endsAfterAMinuteOrWithTheKey() throws Exception {
    // Dates are whole seconds: the token is 0.75 s old when it is made.
    String first = tokens.issue(APP, RPC).value();
    time.pass(Duration.ofMillis(59_249));
    assertThat(tokens.verify(first, RPC)).isEqualTo(APP);
    time.pass(Duration.ofMillis(1));
    assertRefused(() -> tokens.verify(first, RPC));
    String second = tokens.issue(APP, RPC).value();
    keys.revoke("app1");
    assertRefused(() -> tokens.verify(second, RPC));
  }

  @Test
  void verify_refusesATokenOfAnotherMasterKey() {
    byte[] other = new byte[32];
    MasterKey theirs = MasterKey.parse(Base64.getEncoder().encodeToString(other));
    String token = RpcTokens.of(theirs, keys, time).issue(APP, RPC).value();
    assertRefused(() -> tokens.verify(token, RPC));
  }

  @Test
  void verify_refusesWhatIsNoToken() {
    for (String junk : new String[] {"", "x", "..", "a.b.c", "x".repeat(10_000)}) {
      assertThat(tokens.isOne(junk)).isFalse();
      assertRefused(() -> tokens.verify(junk, RPC));
    }
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidTokenException.class)
        .hasMessage("Token validation failed for provided token.");
  }
}
