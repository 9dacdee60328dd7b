package dev.trackerd.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeysTest {
  private static final AccountId A = new AccountId("123456789012");
  private static final AccountId B = new AccountId("210987654321");

  @TempDir Path folder;
  private final TestTime time = new TestTime();
  private Stores stores;
  private ApiKeys keys;

  @BeforeEach
  void open() {
    stores = SqliteStores.open(folder, StoreConfig.unlimited());
    keys = open("master");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  /** Keys as one more process sees them: same store, other cache. */
  private ApiKeys open(String masterKey) {
    MasterKey master = MasterKey.open(folder.resolve(masterKey));
    return ApiKeys.open(stores.credentials(), master, time, time.ticker());
  }

  @Test
  void open_refusesTheMasterKeyOfAnotherStore() {
    assertThatThrownBy(() -> open("other"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageStartingWith("the master key is not the one that this store was made with");
    assertThat(open("master").list()).isEmpty();
  }

  @Test
  void create_makesAKeyThatAuthenticates() {
    NewApiKey key = keys.create(A);
    assertThat(key.id()).matches("TK[A-Z2-7]{18}");
    assertThat(key.secret()).matches("[A-Za-z0-9]{44}");
    assertThat(keys.authenticate(key.id(), key.secret())).contains(new Caller(A, key.id()));
    assertThat(keys.secretOf(key.id())).contains(new SigningSecret(key.account(), key.secret()));
    assertThat(keys.isActive(new Caller(A, key.id()))).isTrue();
  }

  @Test
  void create_neverMakesAKeyTwice() {
    List<NewApiKey> made = Stream.generate(() -> keys.create(A)).limit(100).toList();
    assertThat(made).extracting(NewApiKey::id).doesNotHaveDuplicates();
    assertThat(made).extracting(NewApiKey::secret).doesNotHaveDuplicates();
  }

  @Test
  void createFirst_makesAKeyWhereNoneHasBeen() {
    NewApiKey first = keys.createFirst().orElseThrow();
    assertThat(keys.authenticate(first.id(), first.secret()))
        .contains(new Caller(first.account(), first.id()));
    assertThat(open("master").createFirst()).isEmpty();
    keys.revoke(first.id());
    assertThat(keys.createFirst()).isEmpty();
    assertThat(keys.list()).extracting(ApiKey::id).containsExactly(first.id());
  }

  @Test
  void newAccounts_beginWithNoZero() {
    KeyGenerator generator = new KeyGenerator();
    List<String> accounts = Stream.generate(() -> generator.account().value()).limit(50).toList();
    assertThat(accounts).doesNotHaveDuplicates().allMatch(a -> a.matches("[1-9][0-9]{11}"));
  }

  @Test
  void list_showsKeysWithoutTheirSecrets() {
    NewApiKey first = keys.create(A);
    time.pass(Duration.ofMillis(1));
    NewApiKey second = keys.create(B);
    assertThat(keys.list()).extracting(ApiKey::id).containsExactly(first.id(), second.id());
    assertThat(keys.list()).extracting(ApiKey::account).containsExactly(A, B);
    assertThat(keys.list().get(0).createdAt()).isEqualTo(Instant.parse("2026-11-20T12:00:00.750Z"));
    assertThat(new String(keys.list().get(0).sealedSecret(), StandardCharsets.ISO_8859_1))
        .doesNotContain(first.secret());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "s3cre", "s3cret ", "S3cret", "s3cret\0", "s3créé"})
  void authenticate_refusesAnotherSecret(String secret) {
    keys.ensure(new NewApiKey(A, "app1", "s3cret"));
    assertThat(keys.authenticate("app1", secret)).isEmpty();
    assertThat(keys.authenticate("app1", "s3cret")).contains(new Caller(A, "app1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "app", "APP1", "app1 ", "app/1", "app1\0", "äpp1"})
  void authenticate_refusesAnotherId(String id) {
    keys.ensure(new NewApiKey(A, "app1", "s3cret"));
    assertThat(keys.authenticate(id, "s3cret")).isEmpty();
    assertThat(keys.secretOf(id)).isEmpty();
    assertThat(keys.isActive(new Caller(A, id))).isFalse();
  }

  @Test
  void authenticate_worksAsHardForAnUnknownId() {
    keys.ensure(new NewApiKey(A, "app1", "s".repeat(44)));
    String wrong = "w".repeat(44);
    long known = Long.MAX_VALUE;
    long unknown = Long.MAX_VALUE;
    // The best of many rounds: what else the machine does can only add to it. On a busy machine it
    // takes more of them until both have had their best; an early refusal stays 30 times as fast.
    for (int round = 0; round < 20 || (round < 3_000 && !alike(known, unknown)); round++) {
      known = Math.min(known, nanos("app1", wrong));
      unknown = Math.min(unknown, nanos("app2", wrong));
    }
    assertThat(alike(known, unknown)).as("%d ns and %d ns", known, unknown).isTrue();
  }

  private static boolean alike(long nanos, long other) {
    return Math.max(nanos, other) < 2 * Math.min(nanos, other);
  }

  private long nanos(String id, String secret) {
    long start = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      assertThat(keys.authenticate(id, secret).isPresent()).isFalse();
    }
    return System.nanoTime() - start;
  }

  @Test
  void isActive_refusesTheKeyOfAnotherAccount() {
    keys.ensure(new NewApiKey(A, "app1", "s3cret"));
    assertThat(keys.isActive(new Caller(A, "app1"))).isTrue();
    assertThat(keys.isActive(new Caller(B, "app1"))).isFalse();
  }

  @Test
  void ensure_isSafeToRepeat() {
    NewApiKey key = new NewApiKey(A, "app1", "s3cret");
    keys.ensure(key);
    keys.ensure(key);
    open("master").ensure(key);
    assertThat(keys.list()).extracting(ApiKey::id).containsExactly("app1");
  }

  @Test
  void ensure_isSafeToRace() throws Exception {
    NewApiKey key = new NewApiKey(A, "app1", "s3cret");
    Callable<Void> race =
        () -> {
          keys.ensure(key);
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> racer : threads.invokeAll(Stream.generate(() -> race).limit(32).toList())) {
        racer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(keys.list()).extracting(ApiKey::id).containsExactly("app1");
    assertThat(keys.authenticate("app1", "s3cret")).isPresent();
  }

  @Test
  void ensure_refusesWhatTheStoreKnowsOtherwise() {
    keys.ensure(new NewApiKey(A, "app1", "s3cret"));
    assertThatThrownBy(() -> keys.ensure(new NewApiKey(B, "app1", "s3cret")))
        .isInstanceOf(ApiKeyException.class)
        .hasMessage("key app1: exists, and belongs to another account");
    assertThatThrownBy(() -> keys.ensure(new NewApiKey(A, "app1", "canary")))
        .isInstanceOf(ApiKeyException.class)
        .hasMessage("key app1: exists, and has another secret");
    keys.revoke("app1");
    assertThatThrownBy(() -> keys.ensure(new NewApiKey(A, "app1", "s3cret")))
        .isInstanceOf(ApiKeyException.class)
        .hasMessage("key app1: was revoked; leave it out, or use a new key id");
    assertThat(keys.authenticate("app1", "s3cret")).isEmpty();
  }

  @Test
  void revoke_isSeenHereAtOnce() {
    NewApiKey key = keys.create(A);
    assertThat(keys.authenticate(key.id(), key.secret())).isPresent();
    keys.revoke(key.id());
    assertThat(keys.authenticate(key.id(), key.secret())).isEmpty();
    assertThat(keys.secretOf(key.id())).isEmpty();
    assertThat(keys.isActive(new Caller(A, key.id()))).isFalse();
  }

  @Test
  void revoke_keepsTheFirstDate() {
    keys.ensure(new NewApiKey(A, "app1", "s3cret"));
    keys.revoke("app1");
    time.pass(Duration.ofHours(1));
    keys.revoke("app1");
    assertThat(keys.list().get(0).revokedAt()).contains(Instant.parse("2026-11-20T12:00:00.750Z"));
  }

  @Test
  void revoke_saysThatThereIsNoSuchKey() {
    assertThatThrownBy(() -> keys.revoke("app1"))
        .isInstanceOf(ApiKeyException.class)
        .hasMessage("key app1: no such key");
  }

  @Test
  void revoke_byAnotherProcessIsSeenAfterFiveSeconds() {
    Caller caller = new Caller(A, "app1");
    keys.ensure(new NewApiKey(A, "app1", "s3cret"));
    assertThat(keys.isActive(caller)).isTrue();
    open("master").revoke("app1");
    time.pass(Duration.ofMillis(4_900));
    assertThat(keys.isActive(caller)).as("still remembered").isTrue();
    time.pass(Duration.ofMillis(100));
    assertThat(keys.isActive(caller)).isFalse();
    assertThat(keys.authenticate("app1", "s3cret")).isEmpty();
  }

  @Test
  void revoke_isSeenAlsoWhenTheKeyIsBusyOrTheClockIsSetBack() {
    Caller caller = new Caller(A, "app1");
    keys.ensure(new NewApiKey(A, "app1", "s3cret"));
    assertThat(keys.isActive(caller)).isTrue();
    open("master").revoke("app1");
    List<Boolean> seen = new ArrayList<>();
    for (int second = 1; second <= 6; second++) {
      time.pass(Duration.ofSeconds(1));
      time.set(Instant.EPOCH);
      seen.add(keys.isActive(caller));
    }
    assertThat(seen).containsExactly(true, true, true, true, false, false);
  }

  @Test
  void create_byAnotherProcessIsSeenAfterOneSecond() {
    assertThat(keys.authenticate("app1", "s3cret")).isEmpty();
    open("master").ensure(new NewApiKey(A, "app1", "s3cret"));
    time.pass(Duration.ofSeconds(1));
    assertThat(keys.authenticate("app1", "s3cret")).contains(new Caller(A, "app1"));
  }

  @Test
  void authenticate_refusesASecretMovedFromAnotherKey() {
    NewApiKey key = keys.create(A);
    ApiKey stored = keys.list().get(0);
    stores
        .credentials()
        .create(
            new ApiKey("moved", B, stored.sealedSecret(), stored.createdAt(), Optional.empty()));
    assertThatThrownBy(() -> keys.authenticate("moved", key.secret()))
        .isInstanceOf(MasterKeyException.class);
  }
}
