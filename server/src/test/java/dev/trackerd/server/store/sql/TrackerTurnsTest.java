package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static dev.trackerd.server.store.sql.StoreContract.ANNA;
import static dev.trackerd.server.store.sql.StoreContract.BERT;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each takes a turn, and every turn is given back. */
class TrackerTurnsTest {
  private static final TrackerKey KEY = new TrackerKey(ANNA, 1);

  private final TrackerTurns turns = new TrackerTurns();

  @Test
  void take_runsTheCallersOfATrackerInTheOrderTheyCame() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Integer> order = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      Thread caller = new Thread(() -> turns.take(KEY, () -> await(go) && order.add(number)));
      caller.start();
      callers.add(caller);
      // The first waits for the test, the others for their turn.
      while (caller.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
    assertThat(turns.size()).isEqualTo(1);
    go.countDown();
    for (Thread caller : callers) {
      caller.join(10_000);
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(turns.size()).isZero();
  }

  @Test
  void take_isGivenBackWhateverIsThrown() {
    RuntimeException exception = new IllegalStateException("test");
    Error error = new AssertionError("test");
    assertThatThrownBy(() -> turns.take(KEY, () -> raise(exception))).isSameAs(exception);
    assertThatThrownBy(() -> turns.take(KEY, () -> raise(error))).isSameAs(error);
    assertThat(turns.take(KEY, () -> 1)).isEqualTo(1);
    Thread.currentThread().interrupt();
    assertRefused(UNAVAILABLE, () -> turns.take(KEY, () -> 1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(turns.size()).isZero();
    turns.refuseHolder();
  }

  @Test
  void take_isRefusedToOneWhoHasATurn() {
    TrackerKey other = new TrackerKey(BERT, 1);
    assertThatThrownBy(() -> turns.take(KEY, () -> turns.take(other, () -> 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> turns.take(KEY, () -> turns.take(KEY, () -> 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(turns.size()).isZero();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int raise(RuntimeException e) {
    throw e;
  }

  private static int raise(Error e) {
    throw e;
  }
}
