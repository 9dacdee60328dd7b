package dev.trackerd.server.store.postgres;

import static dev.trackerd.server.store.StoreException.Reason.CONCURRENT_WRITE;
import static dev.trackerd.server.store.StoreException.Reason.IN_USE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.Callers;
import dev.trackerd.server.store.sql.Callers.Answer;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What two processes that have one database open make of changes under one key. */
class PostgresKeysTest extends StoreContract {
  private static final int CALLERS = 8;
  private static final int ROUNDS = 10;

  private final String url = TestPostgres.shared().newSchema();

  @Override
  protected Stores open(StoreConfig config) {
    return PostgresStores.open(StoreUrl.parse(url), config);
  }

  @Test
  void create_underAKey_isMadeByOneOfTwoProcessesCallers() throws Exception {
    // With a permit for each: it is the key alone that counts.
    for (int permits : new int[] {0, 1}) {
      Stores one = open(config -> config.withMaxConcurrentWritesPerAccount(permits));
      Stores other = open(config -> config.withMaxConcurrentWritesPerAccount(permits));
      for (int round = 0; round < ROUNDS; round++) {
        String name = "race " + permits + " " + round;
        IdempotencyKey key = new IdempotencyKey(name.replace(' ', '-'), new byte[32]);
        Idempotency<StoredTracker> once = Idempotency.of(Optional.of(key), made -> new byte[1]);
        List<Answer<StoredTracker>> answers =
            Callers.all(
                CALLERS,
                i -> () -> (i % 2 == 0 ? one : other).trackers().create(ANNA, named(name), once));

        assertThat(answers).filteredOn(answer -> answer.value() != null).hasSize(1);
        assertThat(answers)
            .filteredOn(answer -> answer.thrown() != null)
            .allSatisfy(
                answer ->
                    assertThat(((StoreException) answer.thrown()).reason())
                        // Under one permit, whoever held it may have ended before it was asked for
                        // the key.
                        .isIn(IN_USE, permits == 0 ? IN_USE : CONCURRENT_WRITE));
        assertThat(one.idempotency().find(ANNA, key)).isPresent();
        assertThat(other.idempotency().find(ANNA, key)).isPresent();
      }
    }
  }

  @Test
  void key_underWhichAnotherProcessMakesAChange_isInUseBeforeTheAccountsPermit() throws Exception {
    Stores one = open(config -> config.withMaxConcurrentWritesPerAccount(1));
    Stores other = open(config -> config.withMaxConcurrentWritesPerAccount(1));
    IdempotencyKey key = new IdempotencyKey("k", new byte[32]);
    Idempotency<StoredTracker> once = Idempotency.of(Optional.of(key), done -> new byte[1]);
    long id = one.trackers().create(ANNA, named("a")).id();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<StoredTracker> held =
        CompletableFuture.supplyAsync(
            () ->
                one.trackers()
                    .update(
                        ANNA,
                        id,
                        content -> {
                          entered.countDown();
                          awaited(go);
                          return named("b");
                        },
                        once));
    assertThat(entered.await(10, SECONDS)).isTrue();

    for (int permits : new int[] {0, 1}) {
      Stores third = permits == 1 ? other : open();
      assertThatThrownBy(() -> third.trackers().update(ANNA, id, content -> named("c"), once))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(IN_USE);
                assertThat(e.thing()).isEqualTo(StoreException.Thing.IDEMPOTENCY_KEY);
              });
    }
    go.countDown();

    assertThat(held.get(10, SECONDS).content()).isEqualTo(named("b"));
    assertThat(other.idempotency().find(ANNA, key)).isPresent();
    assertThat(other.trackers().get(ANNA, id).content()).isEqualTo(named("b"));
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
