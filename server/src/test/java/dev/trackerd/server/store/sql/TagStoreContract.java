package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.IN_USE;
import static dev.trackerd.server.store.StoreException.Reason.LIMIT;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.auth.TestTime;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Thing;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredTag;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TagOwner;
import dev.trackerd.server.store.TagStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tags of all that may have some. */
public abstract class TagStoreContract extends EventTrackerContract {
  private static final int CALLERS = TagStore.MAX_TAGS;
  private static final TagOwner GROUP = TagOwner.datasetGroup("g");
  private static final TagOwner DATASET = TagOwner.dataset("g", StoredDataset.EVENT_INTERACTIONS);

  private final TestTime clock = new TestTime();
  private Stores stores;
  private TagStore tags;
  private TagOwner tracker;

  @BeforeEach
  void openStore() {
    EventTrackerRules slow = new EventTrackerRules(0, Duration.ofSeconds(10));
    stores = open(config -> config.withClock(clock).withEventTrackers(slow));
    tags = stores.tags();
    tracker = TagOwner.eventTracker(createIn(stores.eventTrackers(), ANNA, "g").id());
  }

  @Test
  void tags_areThoseOfTheCreationAtFirst() {
    assertThat(tags.list(ANNA, tracker)).containsExactly(tag("of", "g"));
    assertThat(tags.list(ANNA, GROUP)).isEmpty();
    assertThat(tags.list(ANNA, DATASET)).isEmpty();
    DatasetGroupContent tagged =
        new DatasetGroupContent(
            "h", Optional.empty(), Optional.empty(), Optional.empty(), List.of(tag("k", "v")));
    stores.eventTrackers().createDatasetGroup(ANNA, tagged);
    assertThat(tags.list(ANNA, TagOwner.datasetGroup("h"))).containsExactly(tag("k", "v"));
  }

  @Test
  void addAndRemove_changeOneResource() {
    for (TagOwner owner : List.of(tracker, GROUP, DATASET)) {
      List<StoredTag> before = tags.list(ANNA, owner);
      tags.add(ANNA, owner, List.of(tag("b", "1"), tag("a \"é\"", "")));
      tags.add(ANNA, owner, List.of(tag("c", "3"), tag("b", "2")));
      tags.remove(ANNA, owner, Set.of("of", "none", "B"));
      assertThat(open().tags().list(ANNA, owner))
          .containsExactly(tag("b", "2"), tag("a \"é\"", ""), tag("c", "3"));
      tags.remove(ANNA, owner, Set.of("a \"é\"", "b", "c"));
      assertThat(tags.list(ANNA, owner)).isEmpty();
      tags.add(ANNA, owner, before);
    }
    assertThat(tags.list(ANNA, tracker)).containsExactly(tag("of", "g"));
    assertThat(tags.list(ANNA, GROUP)).isEmpty();
  }

  @Test
  void tags_areSeenByThoseWhoReadTheResource() {
    tags.add(ANNA, tracker, List.of(tag("k", "v")));
    assertThat(trackers(stores.eventTrackers(), ANNA).get(0).content().tags())
        .containsExactly(tag("of", "g"), tag("k", "v"));
    tags.add(ANNA, GROUP, List.of(tag("k", "v")));
    assertThat(stores.eventTrackers().getDatasetGroup(ANNA, "g").content().tags())
        .containsExactly(tag("k", "v"));
    tags.add(ANNA, DATASET, List.of(tag("d", "s")));
    assertThat(stores.eventTrackers().listDatasets(ANNA, ALL, 0, 10).items().get(0).tags())
        .containsExactly(tag("d", "s"));
  }

  @Test
  void add_keepsToTheLimit() {
    List<StoredTag> fifty = IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "v")).toList();
    tags.add(ANNA, GROUP, fifty);
    tags.add(ANNA, GROUP, List.of(tag("k7", "w")));
    StoreException refusal =
        catchThrowableOfType(
            StoreException.class,
            () -> tags.add(ANNA, GROUP, List.of(tag("k8", "w"), tag("one more", ""))));
    assertThat(refusal.reason()).isEqualTo(LIMIT);
    assertThat(refusal.thing()).isEqualTo(Thing.TAG);
    assertThat(refusal.limit()).isEqualTo(50);
    assertThat(tags.list(ANNA, GROUP)).hasSize(50).contains(tag("k7", "w"), tag("k8", "v"));
  }

  @Test
  void methods_refuseWhatIsNotThere() {
    for (TagOwner none :
        List.of(
            TagOwner.eventTracker("g"),
            TagOwner.eventTracker(""),
            TagOwner.datasetGroup("G"),
            TagOwner.dataset("g", "ITEMS"))) {
      StoreException refusal =
          catchThrowableOfType(StoreException.class, () -> tags.list(ANNA, none));
      assertThat(refusal.reason()).isEqualTo(NOT_FOUND);
      assertThat(refusal.thing()).isEqualTo(none.thing());
      assertThat(refusal.id()).contains(none.id());
      assertRefused(NOT_FOUND, () -> tags.add(ANNA, none, List.of(tag("k", "v"))));
      assertRefused(NOT_FOUND, () -> tags.remove(ANNA, none, Set.of("k")));
    }
  }

  @Test
  void methods_seeTheirAccountOnly() {
    for (TagOwner annas : List.of(tracker, GROUP, DATASET)) {
      assertRefused(NOT_FOUND, () -> tags.list(BERT, annas));
      assertRefused(NOT_FOUND, () -> tags.add(BERT, annas, List.of(tag("k", "v"))));
      assertRefused(NOT_FOUND, () -> tags.remove(BERT, annas, Set.of("of")));
    }
    createIn(stores.eventTrackers(), BERT, "g");
    tags.add(BERT, GROUP, List.of(tag("berts", "")));
    assertThat(tags.list(ANNA, GROUP)).isEmpty();
    assertThat(tags.list(ANNA, tracker)).containsExactly(tag("of", "g"));
  }

  @Test
  void changes_areRefusedOnceItIsBeingDeleted() {
    clock.pass(Duration.ofSeconds(10));
    stores.eventTrackers().delete(ANNA, tracker.key().get(0));
    assertThat(tags.list(ANNA, tracker)).containsExactly(tag("of", "g"));
    assertRefused(IN_USE, () -> tags.add(ANNA, tracker, List.of(tag("k", "v"))));
    assertRefused(IN_USE, () -> tags.remove(ANNA, tracker, Set.of("of")));
    clock.pass(Duration.ofSeconds(10));
    assertRefused(NOT_FOUND, () -> tags.list(ANNA, tracker));
    assertRefused(NOT_FOUND, () -> tags.add(ANNA, tracker, List.of(tag("k", "v"))));
  }

  @Test
  void methods_refuseToWorkAfterClose() {
    stores.close();
    assertRefused(UNAVAILABLE, () -> tags.list(ANNA, GROUP));
    assertRefused(UNAVAILABLE, () -> tags.add(ANNA, GROUP, List.of(tag("k", "v"))));
    assertRefused(UNAVAILABLE, () -> tags.remove(ANNA, GROUP, Set.of("k")));
  }

  @Test
  void add_losesNoneOfManyCallers() throws Exception {
    TagStore[] both = {tags, open().tags()};
    var answers =
        Callers.<String>all(
            CALLERS,
            i ->
                () -> {
                  both[i % 2].add(ANNA, GROUP, List.of(tag("k" + i, "v")));
                  return "added";
                });
    assertThat(answers).allSatisfy(answer -> assertThat(answer.value()).isEqualTo("added"));
    assertThat(tags.list(ANNA, GROUP))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, CALLERS).mapToObj(i -> tag("k" + i, "v")).toList());
  }

  private static StoredTag tag(String key, String value) {
    return new StoredTag(key, value);
  }
}
