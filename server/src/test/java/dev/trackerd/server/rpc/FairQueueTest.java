package dev.trackerd.server.rpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final FairQueue queue = new FairQueue(threads::add, 1, 1);
  private final List<String> ran = new ArrayList<>();

  @Test
  void work_runsByTurnsOfItsOwners() {
    for (int i = 0; i < 100; i++) {
      add("A", "A" + i);
    }
    add("B", "B0");
    add("B", "B1");
    add("C", "C0");

    runThreads();

    assertThat(ran).startsWith("A0", "B0", "C0", "A1", "B1", "A2", "A3").hasSize(103);
  }

  @Test
  void work_runsOnNoMoreThreadsThanAllowed() {
    FairQueue two = new FairQueue(threads::add, 2, 2);
    for (int i = 0; i < 10; i++) {
      two.add("A", () -> ran.add("A"));
    }

    assertThat(threads).hasSize(2);
    runThreads();
    assertThat(ran).hasSize(10);

    two.add("A", () -> ran.add("A"));
    assertThat(threads).hasSize(1);
  }

  @Test
  void remove_takesBackWhatHasNotRun() {
    Runnable work = () -> ran.add("never");
    queue.add("A", work);

    assertThat(queue.remove("A", work)).isTrue();
    assertThat(queue.remove("A", work)).isFalse();
    runThreads();
    assertThat(ran).isEmpty();
  }

  @Test
  void work_thatFails_keepsNobodyWaiting() {
    queue.add(
        "A",
        () -> {
          throw new AssertionError("a bug");
        });
    add("A", "A1");

    runThreads();
    add("A", "A2");
    runThreads();

    assertThat(ran).containsExactly("A1", "A2");
  }

  @Test
  void add_toThreadsThatHaveEnded_leavesNothing() {
    FairQueue closed =
        new FairQueue(
            work -> {
              throw new RejectedExecutionException();
            },
            1,
            1);

    assertThatThrownBy(() -> closed.add("A", () -> ran.add("never")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> closed.add("A", () -> ran.add("never")))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void work_ofOneOwner_leavesThreadsToOthers() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    FairQueue three = new FairQueue(pool, 3, 2);
    Semaphore begun = new Semaphore(0);
    Semaphore go = new Semaphore(0);
    CountDownLatch done = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      boolean fails = i % 2 == 0;
      three.add(
          "A",
          () -> {
            begun.release();
            go.acquireUninterruptibly();
            done.countDown();
            if (fails) {
              throw new IllegalStateException("on its way out");
            }
          });
    }
    assertThat(begun.tryAcquire(2, 10, SECONDS)).isTrue();

    for (int i = 0; i < 5; i++) {
      CompletableFuture<String> other = new CompletableFuture<>();
      three.add("B", () -> other.complete("ran"));
      assertThat(other.get(10, SECONDS)).isEqualTo("ran");
    }
    assertThat(begun.availablePermits()).isZero();

    go.release(20);
    assertThat(done.await(10, SECONDS)).isTrue();
    pool.shutdown();
    assertThat(pool.awaitTermination(10, SECONDS)).isTrue();
    assertThat(three.owners()).isZero();
    assertThat(begun.availablePermits()).isEqualTo(18);
  }

  private void add(String owner, String name) {
    queue.add(owner, () -> ran.add(name));
  }

  private void runThreads() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }
}
