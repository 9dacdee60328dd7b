package dev.trackerd.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** No secret shows in a log, a {@code toString} or an exception, not even at the finest level. */
final class SecrecyTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");

  @TempDir Path folder;
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("dev.trackerd");
  private final Level rootLevel = root.getLevel();
  private final Level ownLevel = own.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final StringWriter seen = new StringWriter();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    own.setLevel(Level.TRACE);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    root.setLevel(rootLevel);
    own.setLevel(ownLevel);
  }

  @Test
  void secrets_showNowhere() throws Exception {
    String master;
    NewApiKey key;
    String token;
    try (Stores stores = SqliteStores.open(folder, StoreConfig.unlimited())) {
      MasterKey masterKey = MasterKey.open(folder);
      master = Files.readString(folder.resolve("master.key")).strip();
      ApiKeys keys = ApiKeys.open(stores.credentials(), masterKey, new TestTime());
      AccessTokens tokens = AccessTokens.of(masterKey, keys, new TestTime());
      key = keys.create(ACCOUNT);
      AccessToken issued = tokens.issue(new Caller(ACCOUNT, key.id()));
      token = issued.value();
      show(masterKey, keys, tokens, key, issued, keys.list(), keys.authenticate(key.id(), "x"));
      use(keys, tokens, key, token);
    }
    log.list.forEach(event -> show(event.getFormattedMessage(), event.getThrowableProxy()));
    assertThat(seen.toString())
        .contains("Token refused: key revoked", key.id(), "was revoked", "MasterKey")
        .doesNotContain(master, key.secret(), token, token.split("\\.")[2]);
  }

  private void use(ApiKeys keys, AccessTokens tokens, NewApiKey key, String token) {
    attempt(() -> tokens.verify(token));
    attempt(() -> tokens.verify(token + "A"));
    attempt(() -> tokens.verify(token.substring(5)));
    attempt(() -> Credentials.parse(ACCOUNT + ":" + key.secret()));
    attempt(() -> Credentials.parse(key.secret() + ":" + key.id() + ":" + ACCOUNT));
    attempt(() -> new NewApiKey(ACCOUNT, key.id(), key.secret() + " "));
    attempt(() -> ensure(keys, new NewApiKey(ACCOUNT, key.id(), key.secret() + "x")));
    attempt(() -> ensure(keys, new NewApiKey(new AccountId("0".repeat(12)), key.id(), "x")));
    keys.revoke(key.id());
    attempt(() -> ensure(keys, key));
    attempt(() -> tokens.verify(token));
  }

  private static Void ensure(ApiKeys keys, NewApiKey key) {
    keys.ensure(key);
    return null;
  }

  private void attempt(Callable<?> call) {
    try {
      show(call.call());
    } catch (Exception e) {
      e.printStackTrace(new PrintWriter(seen));
    }
  }

  private void show(Object... values) {
    for (Object value : values) {
      seen.append(String.valueOf(value)).append('\n');
    }
  }
}
