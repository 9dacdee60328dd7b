package dev.trackerd.server.store.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.StoreConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who gets the connections when more are wanted than there are. */
class ConnectionPoolTest {
  private static final int CONNECTIONS = 4;

  @Test
  void changesThatTakeLong_leaveAConnectionToThoseWhoRead() throws Exception {
    String url = TestPostgres.shared().newSchema();
    StoreConfig config =
        StoreConfig.unlimited().withConnections(CONNECTIONS).withMaxConcurrentWritesPerAccount(1);
    try (Stores stores = PostgresStores.open(StoreUrl.parse(url), config)) {
      TrackerStore trackers = stores.trackers();
      List<StoredTracker> made =
          IntStream.range(0, CONNECTIONS)
              .mapToObj(i -> trackers.create(account(i), content("made")))
              .toList();
      CountDownLatch computing = new CountDownLatch(CONNECTIONS - 1);
      CountDownLatch go = new CountDownLatch(1);
      List<CompletableFuture<StoredTracker>> changes =
          IntStream.range(0, CONNECTIONS - 1)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> change(trackers, i, made.get(i).id(), computing, go),
                          task -> new Thread(task).start()))
              .toList();
      try {
        assertThat(computing.await(10, SECONDS)).isTrue();
        int last = CONNECTIONS - 1;
        assertThatThrownBy(() -> trackers.create(account(last), content("late")))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("no connection got free");
        for (int i = 0; i < CONNECTIONS; i++) {
          assertThat(trackers.get(account(i), made.get(i).id())).isEqualTo(made.get(i));
        }
        stores.check();
      } finally {
        go.countDown();
      }
      changes.forEach(change -> assertThat(change.join().version()).isEqualTo(2));
      for (int i = 0; i < 2 * CONNECTIONS; i++) {
        assertThat(trackers.create(account(i), content("after " + i)).version()).isEqualTo(1);
      }
    }
  }

  private static StoredTracker change(
      TrackerStore trackers, int account, long id, CountDownLatch computing, CountDownLatch go) {
    return trackers.update(
        account(account),
        id,
        old -> {
          computing.countDown();
          await(go);
          return content("changed");
        });
  }

  private static AccountId account(int number) {
    return new AccountId("%012d".formatted(number + 1));
  }

  private static TrackerContent content(String name) {
    return new TrackerContent(name, name.getBytes(StandardCharsets.UTF_8));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
