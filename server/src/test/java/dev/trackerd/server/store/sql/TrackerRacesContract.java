package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What many callers at once see of a tracker store. */
public abstract class TrackerRacesContract extends StoreContract {
  private static final int CALLERS = 64;
  private static final int ROUNDS = 20;

  private TrackerStore store;

  @BeforeEach
  void openStore() {
    store = open().trackers();
  }

  @Test
  void create_givesANameToOneOfManyCallers() throws Exception {
    List<StoredTracker> winners = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      String name = "race " + round;
      var answers =
          Callers.<StoredTracker>all(
              CALLERS, i -> () -> store.create(ANNA, StoredContents.of(name, List.of("by " + i))));
      winners.add(winner(answers, ALREADY_EXISTS));
    }
    assertThat(walk(store, ANNA, 1000)).isEqualTo(winners);
  }

  @Test
  void update_givesANameToOneOfManyCallers() throws Exception {
    List<StoredTracker> all = createMany();
    var answers =
        Callers.<StoredTracker>all(
            CALLERS, i -> () -> store.update(ANNA, all.get(i).id(), old -> named("wanted")));
    StoredTracker winner = winner(answers, ALREADY_EXISTS);
    List<StoredTracker> expected =
        all.stream().map(one -> one.id() == winner.id() ? winner : one).toList();
    assertThat(walk(store, ANNA, 1000)).isEqualTo(expected);
  }

  @Test
  void update_losesNoneOfManyCallersChanges() throws Exception {
    StoredTracker shared = store.create(ANNA, StoredContents.of("shared", List.of()));
    Callers.<StoredTracker>all(
        CALLERS,
        i ->
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                String phrase = "by " + i + " in " + round;
                store.update(
                    ANNA, shared.id(), old -> StoredContents.of("shared", plus(old, phrase)));
              }
              return null;
            });
    assertThat(StoredContents.vocabulary(store.get(ANNA, shared.id())))
        .hasSize(CALLERS * ROUNDS)
        .doesNotHaveDuplicates();
  }

  @Test
  void delete_succeedsForOneOfManyCallers() throws Exception {
    StoredTracker made = store.create(ANNA, named("a"));
    var answers =
        Callers.<StoredTracker>all(
            CALLERS,
            i ->
                () -> {
                  store.delete(ANNA, made.id());
                  return made;
                });
    assertThat(winner(answers, NOT_FOUND)).isEqualTo(made);
  }

  @Test
  void changes_areNotHarmedByTheConflictsOfOthers() throws Exception {
    store.create(ANNA, named("taken"));
    for (int round = 0; round < ROUNDS; round++) {
      String prefix = "round " + round + " of ";
      // Every odd caller fails, and half done at that: its first tracker goes in, then not.
      var answers =
          Callers.<List<StoredTracker>>all(
              CALLERS,
              i ->
                  () ->
                      store.createAll(
                          ANNA,
                          List.of(
                              named(prefix + i), named(i % 2 == 1 ? "taken" : prefix + i + "b"))));
      for (int i = 0; i < CALLERS; i++) {
        List<String> names = i % 2 == 1 ? List.of() : List.of(prefix + i, prefix + i + "b");
        assertThat(found(prefix + i, prefix + i + "b")).isEqualTo(names);
        assertThat(answers.get(i).thrown() == null).isEqualTo(i % 2 == 0);
      }
    }
    assertThat(walk(store, ANNA, 1000)).hasSize(1 + ROUNDS * CALLERS);
  }

  @Test
  void reads_doNotWaitForAChange() throws Exception {
    StoredTracker made = store.create(ANNA, named("a"));
    CountDownLatch changing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<StoredTracker> change =
        CompletableFuture.supplyAsync(
            () ->
                store.update(
                    ANNA,
                    made.id(),
                    old -> {
                      changing.countDown();
                      await(go);
                      return named("b");
                    }));
    await(changing);
    assertThat(store.get(ANNA, made.id())).isEqualTo(made);
    assertThat(store.findByName(ANNA, "a")).contains(made);
    assertThat(walk(store, ANNA, 10)).containsExactly(made);
    go.countDown();
    assertThat(change.get(10, SECONDS).content()).isEqualTo(named("b"));
    assertThat(store.get(ANNA, made.id()).content()).isEqualTo(named("b"));
  }

  private List<StoredTracker> createMany() {
    List<TrackerContent> contents = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      contents.add(named("n" + i));
    }
    return store.createAll(ANNA, contents);
  }

  private List<String> found(String... names) {
    return List.of(names).stream()
        .filter(name -> store.findByName(ANNA, name).isPresent())
        .toList();
  }

  /** The one who succeeded; all others were refused for that reason. */
  private static StoredTracker winner(List<Callers.Answer<StoredTracker>> answers, Reason others) {
    List<StoredTracker> values =
        answers.stream().map(Callers.Answer::value).filter(Objects::nonNull).toList();
    assertThat(values).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.thrown() != null)
        .hasSize(CALLERS - 1)
        .allSatisfy(
            answer ->
                assertThat(answer.thrown())
                    .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(others)));
    return values.get(0);
  }

  private static List<String> plus(TrackerContent content, String phrase) {
    List<String> phrases = new ArrayList<>(StoredContents.message(content).getVocabularyList());
    phrases.add(phrase);
    return phrases;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
