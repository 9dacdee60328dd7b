package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.BUSY;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes are computed by their callers, and meet in a version. */
public abstract class TrackerVersionsContract extends StoreContract {
  private static final int CALLERS = 16;
  private static final int ROUNDS = 20;

  private TrackerStore store;

  /** Another process, as far as the first one knows. */
  private TrackerStore other;

  @BeforeEach
  void openTwice() {
    store = open().trackers();
    other = open().trackers();
  }

  @Test
  void version_growsByOneWithEachChange() {
    StoredTracker made = store.create(ANNA, named("a"));
    assertThat(made.version()).isEqualTo(1);
    for (int version = 2; version < 10; version++) {
      assertThat(store.update(ANNA, made.id(), old -> old).version()).isEqualTo(version);
      assertThat(other.list(ANNA, 0, 1).trackers().get(0).version()).isEqualTo(version);
    }
  }

  @Test
  void update_computesOnTheCallersThread() {
    StoredTracker made = store.create(ANNA, named("a"));
    List<Thread> threads = new ArrayList<>();
    store.update(
        ANNA,
        made.id(),
        old -> {
          threads.add(Thread.currentThread());
          return old;
        });
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void update_thatComputesForLongKeepsNoOtherWaiting() throws Exception {
    StoredTracker slow = store.create(ANNA, named("slow"));
    StoredTracker quick = store.create(BERT, named("quick"));
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<StoredTracker> change =
        CompletableFuture.supplyAsync(
            () ->
                store.update(
                    ANNA,
                    slow.id(),
                    old -> {
                      computing.countDown();
                      await(go);
                      return named("changed");
                    }));
    await(computing);
    assertThat(store.update(BERT, quick.id(), old -> named("b")).version()).isEqualTo(2);
    assertThat(store.create(ANNA, named("c")).version()).isEqualTo(1);
    go.countDown();
    assertThat(change.get(10, SECONDS))
        .isEqualTo(new StoredTracker(slow.id(), 2, named("changed")));
  }

  @Test
  void update_computesAnewWhatAnotherProcessCameBefore() {
    StoredTracker made = store.create(ANNA, named("a"));
    List<TrackerContent> seen = new ArrayList<>();
    StoredTracker changed =
        store.update(
            ANNA,
            made.id(),
            old -> {
              seen.add(old);
              if (seen.size() == 1) {
                inAnotherThread(() -> other.update(ANNA, made.id(), theirs -> named("theirs")));
              }
              return named("ours " + seen.size());
            });
    assertThat(seen).containsExactly(named("a"), named("theirs"));
    assertThat(changed).isEqualTo(new StoredTracker(made.id(), 3, named("ours 2")));
    assertThat(other.findByName(ANNA, "ours 2")).contains(changed);
  }

  @Test
  void update_findsNothingIfAnotherProcessDeletedIt() {
    StoredTracker made = store.create(ANNA, named("a"));
    assertRefused(
        NOT_FOUND,
        () ->
            store.update(
                ANNA,
                made.id(),
                old -> {
                  inAnotherThread(() -> delete(made.id()));
                  return named("b");
                }));
    assertThat(walk(store, ANNA, 10)).isEmpty();
  }

  private StoredTracker delete(long id) {
    other.delete(ANNA, id);
    return null;
  }

  @Test
  void update_givesUpWhenAnotherProcessComesBeforeAgainAndAgain() {
    StoredTracker made = store.create(ANNA, named("a"));
    AtomicInteger tries = new AtomicInteger();
    assertRefused(
        BUSY,
        () ->
            store.update(
                ANNA,
                made.id(),
                old -> {
                  int next = tries.incrementAndGet();
                  inAnotherThread(
                      () -> other.update(ANNA, made.id(), theirs -> named("theirs " + next)));
                  return named("ours");
                }));
    assertThat(tries.get()).isBetween(2, 100);
    assertThat(walk(other, ANNA, 10))
        .containsExactly(
            new StoredTracker(made.id(), 1 + tries.get(), named("theirs " + tries.get())));
  }

  @Test
  void update_losesNoneOfTheChangesOfTwoProcesses() throws Exception {
    StoredTracker shared = store.create(ANNA, StoredContents.of("shared", List.of()));
    TrackerStore[] stores = {store, other};
    var answers =
        Callers.<Integer>all(
            CALLERS,
            i ->
                () -> {
                  int made = 0;
                  for (int round = 0; round < ROUNDS; round++) {
                    made += append(stores[i % 2], shared.id(), i + "." + round);
                  }
                  return made;
                });
    int made = answers.stream().mapToInt(Callers.Answer::value).sum();
    StoredTracker last = other.list(ANNA, 0, 1).trackers().get(0);
    assertThat(StoredContents.vocabulary(last)).hasSize(made).doesNotHaveDuplicates();
    assertThat(last.version()).isEqualTo(1 + made);
    assertThat(made).isGreaterThan(ROUNDS);
  }

  /** Adds a phrase; returns how often, which is never if the others are too many. */
  private static int append(TrackerStore store, long id, String phrase) {
    try {
      store.update(
          ANNA,
          id,
          old -> StoredContents.of(StoredContents.message(old).toBuilder().addVocabulary(phrase)));
      return 1;
    } catch (StoreException e) {
      assertThat(e.reason()).isEqualTo(BUSY);
      return 0;
    }
  }

  @Test
  void update_ofAnotherTrackerWithinOneIsRefused() {
    StoredTracker made = store.create(ANNA, named("a"));
    StoredTracker second = store.create(ANNA, named("b"));
    assertThatThrownBy(
            () ->
                store.update(
                    ANNA,
                    made.id(),
                    old -> store.update(ANNA, second.id(), theirs -> named("c")).content()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                store.update(
                    ANNA,
                    made.id(),
                    old -> {
                      store.delete(ANNA, second.id());
                      return old;
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(walk(store, ANNA, 10)).containsExactly(made, second);
    assertThat(store.update(ANNA, made.id(), old -> named("c")).version()).isEqualTo(2);
  }

  private static void inAnotherThread(Supplier<StoredTracker> call) {
    CompletableFuture.supplyAsync(call).orTimeout(10, SECONDS).join();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
