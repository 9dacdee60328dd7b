package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.LIMIT;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.v1.Tracker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one caller sees of a tracker store. */
public abstract class TrackerStoreContract extends StoreContract {
  private TrackerStore store;

  @BeforeEach
  void openStore() {
    store = open().trackers();
  }

  @Test
  void create_keepsEveryField() {
    TrackerContent content =
        StoredContents.of(
            Tracker.newBuilder()
                .setName("Competitors")
                .addAllVocabulary(List.of("switch to", "another vendor"))
                .setDescription("who they mention")
                .addAllCategories(List.of("sales", "churn"))
                .addAllLanguages(List.of("en", "de"))
                .addExcludeVocabulary("switch to speaker"));
    StoredTracker made = store.create(ANNA, content);
    assertThat(made.content()).isEqualTo(content);
    assertThat(store.get(ANNA, made.id())).isEqualTo(made);
    assertThat(store.findByName(ANNA, "Competitors")).contains(made);
    assertThat(store.list(ANNA, 0, 10).trackers()).containsExactly(made);
  }

  @Test
  void create_keepsNoDescriptionAndAnEmptyOneApart() {
    StoredTracker none = store.create(ANNA, named("none"));
    StoredTracker empty =
        store.create(
            ANNA,
            StoredContents.of(
                Tracker.newBuilder().setName("empty").addVocabulary("p").setDescription("")));
    assertThat(StoredContents.message(store.get(ANNA, none.id())).hasDescription()).isFalse();
    assertThat(StoredContents.message(store.get(ANNA, empty.id())).hasDescription()).isTrue();
    assertThat(StoredContents.message(store.get(ANNA, empty.id())).getDescription()).isEmpty();
  }

  @Test
  void create_refusesANameThatIsTaken() {
    StoredTracker first = store.create(ANNA, named("a"));
    assertRefused(ALREADY_EXISTS, () -> store.create(ANNA, StoredContents.of("a", List.of("x"))));
    assertThat(walk(store, ANNA, 10)).containsExactly(first);
  }

  @Test
  void everyMethod_seesOneAccountOnly() {
    StoredTracker annas = store.create(ANNA, named("same"));
    StoredTracker berts = store.create(BERT, StoredContents.of("same", List.of("of bert")));
    StoredTracker bertsOther = store.create(BERT, named("other"));
    assertThat(annas.id()).isNotEqualTo(berts.id());

    assertRefused(NOT_FOUND, () -> store.get(ANNA, berts.id()));
    assertRefused(NOT_FOUND, () -> store.delete(ANNA, berts.id()));
    assertRefused(NOT_FOUND, () -> store.update(ANNA, berts.id(), content -> named("stolen")));
    assertThat(store.findByName(ANNA, "same")).contains(annas);
    assertThat(store.findByName(ANNA, "other")).isEmpty();
    assertThat(walk(store, ANNA, 10)).containsExactly(annas);
    assertThat(store.update(ANNA, annas.id(), content -> named("other")).content().name())
        .isEqualTo("other");
    assertThat(store.createAll(ANNA, List.of(named("same")))).hasSize(1);
    store.delete(ANNA, annas.id());
    assertThat(walk(store, BERT, 10)).containsExactly(berts, bertsOther);
  }

  @Test
  void createAll_keepsTheOrderUnderAscendingIds() {
    List<TrackerContent> contents = new ArrayList<>();
    for (int i = 500; i > 0; i--) {
      contents.add(named("n" + i));
    }
    List<StoredTracker> made = store.createAll(ANNA, contents);
    assertThat(made).extracting(StoredTracker::content).isEqualTo(contents);
    assertThat(made).extracting(StoredTracker::id).isSorted().doesNotHaveDuplicates();
    assertThat(walk(store, ANNA, 1000)).isEqualTo(made);
  }

  @Test
  void createAll_addsNoneIfOneNameIsTaken() {
    StoredTracker first = store.create(ANNA, named("b"));
    assertRefused(
        ALREADY_EXISTS, () -> store.createAll(ANNA, List.of(named("a"), named("b"), named("c"))));
    assertThat(walk(store, ANNA, 10)).containsExactly(first);
  }

  @Test
  void createAll_addsNoneIfTwoNamesAreTheSame() {
    assertRefused(
        ALREADY_EXISTS, () -> store.createAll(ANNA, List.of(named("a"), named("b"), named("a"))));
    assertThat(walk(store, ANNA, 10)).isEmpty();
  }

  @Test
  void createAll_ofNothingAddsNothing() {
    assertThat(store.createAll(ANNA, List.of())).isEmpty();
    assertThat(walk(store, ANNA, 10)).isEmpty();
  }

  @Test
  void update_replacesEveryField() {
    StoredTracker made = store.create(ANNA, named("before"));
    TrackerContent after =
        StoredContents.of(
            Tracker.newBuilder()
                .setName("after")
                .addAllVocabulary(List.of("z", "a"))
                .setDescription("d")
                .addCategories("c")
                .addLanguages("l")
                .addExcludeVocabulary("e"));
    assertThat(store.update(ANNA, made.id(), content -> after))
        .isEqualTo(new StoredTracker(made.id(), 2, after));
    assertThat(store.get(ANNA, made.id()).content()).isEqualTo(after);
    assertThat(store.findByName(ANNA, "before")).isEmpty();
    assertThat(store.findByName(ANNA, "after")).isPresent();
    store.update(ANNA, made.id(), content -> named("after"));
    assertThat(store.get(ANNA, made.id()).content()).isEqualTo(named("after"));
  }

  @Test
  void update_refusesTheNameOfAnotherAndChangesNothing() {
    StoredTracker a = store.create(ANNA, named("a"));
    StoredTracker b = store.create(ANNA, named("b"));
    assertRefused(
        ALREADY_EXISTS,
        () -> store.update(ANNA, b.id(), content -> StoredContents.of("a", List.of("x"))));
    assertThat(walk(store, ANNA, 10)).containsExactly(a, b);
  }

  @Test
  void update_throwsWhatTheFunctionThrowsAndChangesNothing() {
    StoredTracker made = store.create(ANNA, named("a"));
    RuntimeException exception = new IllegalArgumentException("no");
    Error error = new AssertionError("never");
    assertThatThrownBy(() -> store.update(ANNA, made.id(), content -> raise(exception)))
        .isSameAs(exception);
    assertThatThrownBy(() -> store.update(ANNA, made.id(), content -> raise(error)))
        .isSameAs(error);
    assertThat(store.get(ANNA, made.id())).isEqualTo(made);
    assertThat(store.create(ANNA, named("b")).content()).isEqualTo(named("b"));
  }

  @Test
  void update_refusesToWaitForAChangeOfItsOwn() {
    StoredTracker made = store.create(ANNA, named("a"));
    assertThatThrownBy(
            () ->
                store.update(ANNA, made.id(), content -> store.create(ANNA, named("b")).content()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(walk(store, ANNA, 10)).containsExactly(made);
  }

  @Test
  void delete_removesForGoodAndFreesTheName() {
    StoredTracker made = store.create(ANNA, named("a"));
    store.delete(ANNA, made.id());
    assertRefused(NOT_FOUND, () -> store.get(ANNA, made.id()));
    assertRefused(NOT_FOUND, () -> store.delete(ANNA, made.id()));
    assertRefused(NOT_FOUND, () -> store.update(ANNA, made.id(), content -> content));
    assertThat(store.findByName(ANNA, "a")).isEmpty();
    assertThat(walk(store, ANNA, 10)).isEmpty();
    assertThat(store.create(ANNA, named("a")).id()).isGreaterThan(made.id());
  }

  @Test
  void create_refusesMoreThanTheLimit() {
    TrackerStore limited = open(config -> config.withMaxTrackersPerAccount(3)).trackers();
    limited.createAll(ANNA, List.of(named("a"), named("b")));
    assertRefused(LIMIT, () -> limited.createAll(ANNA, List.of(named("c"), named("d"))));
    StoredTracker third = limited.create(ANNA, named("c"));
    assertRefused(LIMIT, () -> limited.create(ANNA, named("d")));
    assertThat(limited.create(BERT, named("d")).content().name()).isEqualTo("d");
    assertThat(limited.update(ANNA, third.id(), content -> named("e")).content().name())
        .isEqualTo("e");
    limited.delete(ANNA, third.id());
    limited.create(ANNA, named("f"));
    assertThat(walk(limited, ANNA, 10))
        .extracting(tracker -> tracker.content().name())
        .containsExactly("a", "b", "f");
  }

  private static TrackerContent raise(RuntimeException e) {
    throw e;
  }

  private static TrackerContent raise(Error e) {
    throw e;
  }
}
