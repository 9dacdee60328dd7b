package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.IN_USE;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.auth.TestTime;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.IdempotencyStore;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.Callers.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a store promises of changes that are to be made once. */
public abstract class IdempotencyContract extends StoreContract {
  private static final IdempotencyKey KEY = key("k", 1);

  private final TestTime time = new TestTime();

  private Stores openTimed() {
    return open(config -> config.withClock(time));
  }

  /** A key of the request of that number. */
  private static IdempotencyKey key(String value, int request) {
    byte[] digest = new byte[32];
    Arrays.fill(digest, (byte) request);
    return new IdempotencyKey(value, digest);
  }

  private static <T> Idempotency<T> under(IdempotencyKey key, String answer) {
    return Idempotency.of(Optional.of(key), done -> answer.getBytes(UTF_8));
  }

  private static Optional<String> kept(Stores stores, IdempotencyKey key) {
    return stores.idempotency().find(ANNA, key).map(bytes -> new String(bytes, UTF_8));
  }

  private static void assertKeyRefused(Reason reason, ThrowingCallable call) {
    StoreException refusal = catchThrowableOfType(StoreException.class, call);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.thing()).isEqualTo(Thing.IDEMPOTENCY_KEY);
  }

  @Test
  void create_underAKey_isMadeOnceAndKeepsItsAnswer() {
    Stores stores = open();
    TrackerStore trackers = stores.trackers();
    assertThat(kept(stores, KEY)).isEmpty();

    StoredTracker made =
        trackers.create(
            ANNA,
            named("a"),
            Idempotency.of(
                Optional.of(KEY), created -> Long.toString(created.id()).getBytes(UTF_8)));

    assertThat(kept(stores, KEY)).contains(Long.toString(made.id()));
    assertKeyRefused(IN_USE, () -> trackers.create(ANNA, named("b"), under(KEY, "second")));
    assertThat(walk(trackers, ANNA, 10)).containsExactly(made);
    assertThat(kept(stores, KEY)).contains(Long.toString(made.id()));
  }

  @Test
  void key_ofAnotherRequest_isRefused() {
    Stores stores = open();
    stores.trackers().create(ANNA, named("a"), under(KEY, "1"));
    IdempotencyKey other = key("k", 2);

    assertKeyRefused(ALREADY_EXISTS, () -> kept(stores, other));
    assertKeyRefused(
        ALREADY_EXISTS, () -> stores.trackers().create(ANNA, named("b"), under(other, "2")));
    assertThat(walk(stores.trackers(), ANNA, 10)).hasSize(1);
    assertThat(kept(stores, KEY)).contains("1");
  }

  @Test
  void keys_areComparedByTheirBytes_andAreAnAccountsOwn() {
    Stores stores = open();
    for (String value : List.of("k", "K", "k.", "~".repeat(255), "!")) {
      stores.trackers().create(ANNA, named(value), under(key(value, 1), "of " + value));
      assertThat(kept(stores, key(value, 1))).contains("of " + value);
    }
    stores.trackers().create(BERT, named("k"), under(key("k", 2), "of bert"));

    assertThat(stores.idempotency().find(BERT, key("k", 2))).contains("of bert".getBytes(UTF_8));
    assertThat(stores.idempotency().find(BERT, key("K", 1))).isEmpty();
    assertThat(kept(stores, key("k", 1))).contains("of k");
  }

  @Test
  void change_thatFails_leavesItsKeyFree() {
    Stores stores = open();
    TrackerStore trackers = stores.trackers();
    trackers.create(ANNA, named("taken"));
    for (int i = 0; i < 3; i++) {
      assertRefused(
          ALREADY_EXISTS, () -> trackers.create(ANNA, named("taken"), under(KEY, "failed")));
      assertRefused(
          NOT_FOUND, () -> trackers.update(ANNA, 1, content -> content, under(KEY, "failed")));
      assertThat(kept(stores, KEY)).isEmpty();
    }

    trackers.create(ANNA, named("free"), under(key("k", 2), "made"));

    assertThat(kept(stores, key("k", 2))).contains("made");
  }

  @Test
  void answer_thatFails_undoesItsChange() {
    Stores stores = open();
    Idempotency<StoredTracker> failing =
        Idempotency.of(
            Optional.of(KEY),
            created -> {
              throw new IllegalStateException("no answer");
            });

    catchThrowableOfType(
        IllegalStateException.class, () -> stores.trackers().create(ANNA, named("a"), failing));

    assertThat(walk(stores.trackers(), ANNA, 10)).isEmpty();
    assertThat(kept(stores, KEY)).isEmpty();
  }

  @Test
  void createAllAndUpdate_areMadeOnce() {
    Stores stores = open();
    TrackerStore trackers = stores.trackers();
    List<StoredTracker> made =
        trackers.createAll(ANNA, List.of(named("a"), named("b")), under(key("all", 1), "two"));
    assertThat(kept(stores, key("all", 1))).contains("two");
    long id = made.get(0).id();

    StoredTracker changed =
        trackers.update(
            ANNA,
            id,
            content -> named("c"),
            Idempotency.of(Optional.of(KEY), now -> now.content().message()));

    assertThat(stores.idempotency().find(ANNA, KEY)).contains(named("c").message());
    assertKeyRefused(
        IN_USE, () -> trackers.update(ANNA, id, content -> named("d"), under(KEY, "again")));
    assertThat(trackers.get(ANNA, id)).isEqualTo(changed);
  }

  @Test
  void datasetGroupsAndEventTrackers_areMadeOnce() {
    Stores stores = open();
    var groups = stores.eventTrackers();
    DatasetGroupContent movies = DatasetGroupContent.named("movies");
    groups.createDatasetGroup(ANNA, movies, under(key("group", 1), "group made"));
    var made =
        groups.create(ANNA, EventTrackerContract.of("movies"), under(KEY, "event tracker made"));

    assertThat(kept(stores, key("group", 1))).contains("group made");
    assertThat(kept(stores, KEY)).contains("event tracker made");
    // The key counts before the name that is taken and the group that has one.
    assertKeyRefused(
        IN_USE, () -> groups.createDatasetGroup(ANNA, movies, under(key("group", 1), "again")));
    assertKeyRefused(
        IN_USE, () -> groups.create(ANNA, EventTrackerContract.of("movies"), under(KEY, "again")));
    assertThat(EventTrackerContract.trackers(groups, ANNA)).containsExactly(made);
  }

  @Test
  void key_isKnownFor24Hours_alsoAfterAnotherOpening() {
    Stores first = openTimed();
    first.trackers().create(ANNA, named("a"), under(KEY, "first"));
    first.close();
    Stores stores = openTimed();
    time.pass(IdempotencyStore.LIFETIME.minusMillis(1));
    assertThat(kept(stores, KEY)).contains("first");

    time.pass(Duration.ofMillis(1));

    assertThat(kept(stores, KEY)).isEmpty();
    assertThat(kept(stores, key("k", 2))).isEmpty();
    stores.trackers().create(ANNA, named("b"), under(key("k", 2), "second"));
    assertThat(kept(stores, key("k", 2))).contains("second");
    assertThat(stores.idempotency().sweep(10)).isZero();
  }

  @Test
  void sweep_removesWhatHasExpired_inSteps() {
    Stores stores = openTimed();
    for (int i = 0; i < 5; i++) {
      stores.trackers().create(ANNA, named("old " + i), under(key("old" + i, 1), "old"));
    }
    time.pass(Duration.ofHours(1));
    stores.trackers().create(ANNA, named("young"), under(KEY, "young"));
    assertThat(stores.idempotency().sweep(3)).isZero();
    time.pass(Duration.ofHours(23));

    assertThat(stores.idempotency().sweep(3)).isEqualTo(3);
    assertThat(stores.idempotency().sweep(3)).isEqualTo(2);
    assertThat(stores.idempotency().sweep(3)).isZero();
    assertThat(kept(stores, KEY)).contains("young");
  }

  @Test
  void callersAtOnce_makeOneChange() throws Exception {
    Stores stores = open();
    TrackerStore trackers = stores.trackers();
    for (int round = 0; round < 5; round++) {
      IdempotencyKey key = key("race" + round, 1);
      String name = "race " + round;
      List<Answer<StoredTracker>> answers =
          Callers.all(32, i -> () -> trackers.create(ANNA, named(name), under(key, "made")));

      assertThat(answers).filteredOn(answer -> answer.value() != null).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.thrown() != null)
          .allSatisfy(
              answer ->
                  assertKeyRefused(
                      IN_USE,
                      () -> {
                        throw answer.thrown();
                      }));
      assertThat(walk(trackers, ANNA, 100)).hasSize(round + 1);
      assertThat(kept(stores, key)).contains("made");
    }
  }
}
