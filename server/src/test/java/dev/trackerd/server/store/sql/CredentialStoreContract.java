package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.CredentialStore;
import dev.trackerd.server.store.Stores;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a credential store promises. */
public abstract class CredentialStoreContract extends StoreContract {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");

  private Stores stores;
  private CredentialStore store;

  @BeforeEach
  void openStore() {
    stores = open();
    store = stores.credentials();
  }

  @Test
  void create_keepsEveryField() {
    byte[] secret = new byte[256];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) i;
    }
    ApiKey key = new ApiKey("app1", ANNA, secret, NOON, Optional.empty());
    ApiKey revoked = new ApiKey("app2", BERT, new byte[0], NOON, Optional.of(NOON.plusMillis(1)));
    store.create(key);
    store.create(revoked);
    assertThat(store.find("app1")).contains(key);
    assertThat(store.find("app2")).contains(revoked);
    assertThat(store.find("app3")).isEmpty();
    assertThat(store.find("APP1")).isEmpty();
  }

  @Test
  void create_refusesAnIdThatIsThere() {
    store.create(key("a", ANNA, NOON));
    store.revoke("a", NOON);
    assertRefused(ALREADY_EXISTS, () -> store.create(key("a", ANNA, NOON)));
    assertRefused(ALREADY_EXISTS, () -> store.create(key("a", BERT, NOON)));
    assertThat(store.list()).hasSize(1);
    assertThat(store.find("a").orElseThrow().account()).isEqualTo(ANNA);
  }

  @Test
  void create_givesAnIdToOneOfManyCallers() throws Exception {
    var answers =
        Callers.<Integer>all(
            16,
            i ->
                () -> {
                  store.create(
                      new ApiKey("a", ANNA, new byte[] {(byte) i}, NOON, Optional.empty()));
                  return i;
                });
    List<Integer> winners =
        answers.stream().filter(a -> a.thrown() == null).map(Callers.Answer::value).toList();
    assertThat(winners).hasSize(1);
    assertThat(store.find("a").orElseThrow().sealedSecret())
        .containsExactly(winners.get(0).byteValue());
  }

  @Test
  void createFirst_givesTheFirstPlaceToOneOfManyProcesses() throws Exception {
    CredentialStore other = open().credentials();
    store.masterKeyProof(new byte[] {1});
    var answers =
        Callers.<Boolean>all(
            16, i -> () -> (i % 2 == 0 ? store : other).createFirst(key("key" + i, ANNA, NOON)));
    assertThat(answers).extracting(Callers.Answer::value).containsOnlyOnce(true);
    assertThat(store.list()).hasSize(1);
    store.revoke(store.list().get(0).id(), NOON);
    assertThat(store.createFirst(key("late", BERT, NOON))).isFalse();
    assertThat(store.find("late")).isEmpty();
  }

  @Test
  void list_isByTheBytesOfIds() {
    for (String id : List.of("b", "B", "a", "A", "_", "1")) {
      store.create(key(id, ANNA, NOON));
    }
    assertThat(store.list()).extracting(ApiKey::id).containsExactly("1", "A", "B", "_", "a", "b");
  }

  @Test
  void list_isByCreationThenId() {
    ApiKey late = key("a", ANNA, NOON.plusMillis(1));
    ApiKey first = key("b", BERT, NOON);
    ApiKey second = key("c", ANNA, NOON);
    List.of(second, late, first).forEach(store::create);
    assertThat(store.list()).containsExactly(first, second, late);
  }

  @Test
  void revoke_keepsTheFirstTime() {
    store.create(key("a", ANNA, NOON));
    store.create(key("b", ANNA, NOON));
    store.revoke("a", NOON.plusSeconds(1));
    store.revoke("a", NOON.plusSeconds(2));
    assertThat(store.find("a").orElseThrow().revokedAt()).contains(NOON.plusSeconds(1));
    assertThat(store.find("b").orElseThrow().revokedAt()).isEmpty();
    assertRefused(NOT_FOUND, () -> store.revoke("c", NOON));
  }

  @Test
  void changes_areSeenByOthersWithTheSameDatabase() {
    CredentialStore other = open().credentials();
    store.create(key("a", ANNA, NOON));
    assertThat(other.find("a")).isPresent();
    other.revoke("a", NOON);
    assertThat(store.find("a").orElseThrow().revokedAt()).contains(NOON);
    stores.close();
    assertThat(open().credentials().list()).isEqualTo(other.list()).hasSize(1);
  }

  @Test
  void masterKeyProof_keepsTheFirst() {
    assertThat(store.masterKeyProof(new byte[] {1, 2})).containsExactly(1, 2);
    assertThat(store.masterKeyProof(new byte[] {3})).containsExactly(1, 2);
    stores.close();
    assertThat(open().credentials().masterKeyProof(new byte[] {4})).containsExactly(1, 2);
  }

  @Test
  void masterKeyProof_isTheSameForAllCallers() throws Exception {
    CredentialStore other = open().credentials();
    var answers =
        Callers.<byte[]>all(
            16, i -> () -> (i % 2 == 0 ? store : other).masterKeyProof(new byte[] {(byte) i}));
    byte[] kept = store.masterKeyProof(new byte[] {99});
    assertThat(answers).allMatch(answer -> Arrays.equals(answer.value(), kept));
  }

  private static ApiKey key(String id, AccountId account, Instant createdAt) {
    return new ApiKey(id, account, new byte[] {1}, createdAt, Optional.empty());
  }
}
