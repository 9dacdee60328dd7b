package dev.trackerd.server.store.sql;

import static dev.trackerd.server.store.StoreException.Reason.ALREADY_EXISTS;
import static dev.trackerd.server.store.StoreException.Reason.LIMIT;
import static dev.trackerd.server.store.StoreException.Reason.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.auth.TestTime;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.EventTrackerStatus;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredDatasetGroup;
import dev.trackerd.server.store.StoredEventTracker;
import dev.trackerd.server.store.StoredTag;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one caller sees of an event tracker store that makes and deletes at once. */
public abstract class EventTrackerStoreContract extends EventTrackerContract {
  private static final Instant NOW = new TestTime().instant();

  private final TestTime clock = new TestTime();
  private EventTrackerStore store;

  @BeforeEach
  void openStore() {
    store = open(config -> config.withClock(clock)).eventTrackers();
  }

  @Test
  void createDatasetGroup_keepsAll() {
    StoredDatasetGroup plain = store.createDatasetGroup(ANNA, DatasetGroupContent.named("plain"));
    DatasetGroupContent all =
        new DatasetGroupContent(
            "shop",
            Optional.of("ECOMMERCE"),
            Optional.of("arn:aws:iam::111111111111:role/r"),
            Optional.of("arn:aws:kms:us-east-1:111111111111:key/k"),
            List.of(new StoredTag("k", "v"), new StoredTag("é \"x\"", "")));
    StoredDatasetGroup shop = store.createDatasetGroup(ANNA, all);
    assertThat(plain).isEqualTo(new StoredDatasetGroup(DatasetGroupContent.named("plain"), NOW));
    assertThat(shop).isEqualTo(new StoredDatasetGroup(all, NOW));
    EventTrackerStore again = open().eventTrackers();
    assertThat(again.getDatasetGroup(ANNA, "plain")).isEqualTo(plain);
    assertThat(again.listDatasetGroups(ANNA, 0, 10).items()).containsExactly(plain, shop);
  }

  @Test
  void createDatasetGroup_refusesANameTwice() {
    StoredDatasetGroup first = store.createDatasetGroup(ANNA, shop("g"));
    assertRefused(
        ALREADY_EXISTS, () -> store.createDatasetGroup(ANNA, DatasetGroupContent.named("g")));
    StoredDatasetGroup other = store.createDatasetGroup(ANNA, DatasetGroupContent.named("G"));
    assertThat(store.listDatasetGroups(ANNA, 0, 10).items()).containsExactly(first, other);
  }

  private static DatasetGroupContent shop(String name) {
    return new DatasetGroupContent(
        name, Optional.of("ECOMMERCE"), Optional.empty(), Optional.empty(), List.of());
  }

  @Test
  void create_keepsAll() {
    store.createDatasetGroup(ANNA, DatasetGroupContent.named("g"));
    List<StoredTag> tags =
        List.of(new StoredTag("k", ""), new StoredTag("é \"x\"", "ü,[]"), new StoredTag("z", "z"));
    EventTrackerContent content = new EventTrackerContent("t", "g", tags);
    StoredEventTracker made = store.create(ANNA, content);
    assertThat(made.id()).matches("[0-9a-f]{8}");
    assertThat(made.trackingId())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    assertThat(made)
        .isEqualTo(
            new StoredEventTracker(
                made.id(), content, made.trackingId(), EventTrackerStatus.ACTIVE, NOW, NOW));
    assertThat(open().eventTrackers().get(ANNA, made.id())).isEqualTo(made);
  }

  @Test
  void create_roundsTimesDownToTheMillisecond() {
    clock.pass(Duration.ofNanos(999_999));
    StoredEventTracker made = createIn(store, ANNA, "g");
    assertThat(made.createdAt()).isEqualTo(NOW.truncatedTo(ChronoUnit.MILLIS));
    assertThat(store.get(ANNA, made.id())).isEqualTo(made);
  }

  @Test
  void create_needsADatasetGroup() {
    assertRefused(NOT_FOUND, () -> store.create(ANNA, of("g")));
    assertThat(trackers(store, ANNA)).isEmpty();
  }

  @Test
  void create_refusesASecondOneOfAGroupAndNamesTheFirst() {
    StoredEventTracker first = createIn(store, ANNA, "g");
    EventTrackerContent second = new EventTrackerContent("second", "g", List.of());
    StoreException refusal =
        catchThrowableOfType(StoreException.class, () -> store.create(ANNA, second));
    assertThat(refusal.reason()).isEqualTo(ALREADY_EXISTS);
    assertThat(refusal.id()).contains(first.id());
    assertThat(trackers(store, ANNA)).containsExactly(first);
  }

  @Test
  void create_takesANameThatAnotherOneHas() {
    StoredEventTracker first = createIn(store, ANNA, "g");
    store.createDatasetGroup(ANNA, DatasetGroupContent.named("h"));
    String name = first.content().name();
    StoredEventTracker second = store.create(ANNA, new EventTrackerContent(name, "h", List.of()));
    assertThat(trackers(store, ANNA)).containsExactly(first, second);
  }

  @Test
  void create_drawsAgainWhenAnIdIsTaken() {
    PrimitiveIterator.OfInt draws = IntStream.of(7, 7, 7, 0xcafe).iterator();
    RandomGenerator random =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            return 0;
          }

          @Override
          public int nextInt() {
            return draws.nextInt();
          }
        };
    EventTrackerStore drawing = open(config -> config.withRandom(random)).eventTrackers();
    assertThat(createIn(drawing, ANNA, "g").id()).isEqualTo("00000007");
    assertThat(createIn(drawing, ANNA, "h").id()).isEqualTo("0000cafe");
  }

  @Test
  void create_refusesMoreThanTheLimit() {
    EventTrackerRules two = new EventTrackerRules(2, Duration.ZERO);
    EventTrackerStore limited = open(config -> config.withEventTrackers(two)).eventTrackers();
    StoredEventTracker first = createIn(limited, ANNA, "a");
    StoredEventTracker second = createIn(limited, ANNA, "b");
    createIn(limited, BERT, "a");
    limited.createDatasetGroup(ANNA, DatasetGroupContent.named("c"));
    assertRefused(LIMIT, () -> limited.create(ANNA, of("c")));
    assertRefused(ALREADY_EXISTS, () -> limited.create(ANNA, of("a")));
    assertThat(trackers(limited, ANNA)).containsExactly(first, second);
    assertThat(limited.listDatasets(ANNA, Optional.of("c"), 0, 10).items()).isEmpty();
    limited.delete(ANNA, first.id());
    StoredEventTracker third = limited.create(ANNA, of("c"));
    assertThat(trackers(limited, ANNA)).containsExactly(second, third);
  }

  @Test
  void delete_makesRoomAndKeepsTheDataset() {
    StoredEventTracker first = createIn(store, ANNA, "g");
    List<StoredDataset> before = store.listDatasets(ANNA, ALL, 0, 10).items();
    assertThat(before)
        .containsExactly(new StoredDataset("g", "EVENT_INTERACTIONS", List.of(), NOW));
    clock.pass(Duration.ofHours(1));
    store.delete(ANNA, first.id());
    assertRefused(NOT_FOUND, () -> store.get(ANNA, first.id()));
    assertRefused(NOT_FOUND, () -> store.delete(ANNA, first.id()));
    assertThat(trackers(store, ANNA)).isEmpty();
    assertThat(store.listDatasets(ANNA, ALL, 0, 10).items()).isEqualTo(before);
    StoredEventTracker second = store.create(ANNA, of("g"));
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.trackingId()).isNotEqualTo(first.trackingId());
    assertThat(trackers(store, ANNA)).containsExactly(second);
    assertThat(store.listDatasets(ANNA, ALL, 0, 10).items()).isEqualTo(before);
  }

  @Test
  void allMethods_seeTheirAccountOnly() {
    StoredEventTracker annas = createIn(store, ANNA, "g");
    assertRefused(NOT_FOUND, () -> store.getDatasetGroup(BERT, "g"));
    assertThat(store.listDatasetGroups(BERT, 0, 10).items()).isEmpty();
    assertThat(store.listDatasets(BERT, ALL, 0, 10).items()).isEmpty();
    assertThat(store.listDatasets(BERT, Optional.of("g"), 0, 10).items()).isEmpty();
    assertRefused(NOT_FOUND, () -> store.create(BERT, of("g")));
    assertRefused(NOT_FOUND, () -> store.get(BERT, annas.id()));
    assertThat(store.list(BERT, ALL, 0, 10).items()).isEmpty();
    assertThat(store.list(BERT, Optional.of("g"), 0, 10).items()).isEmpty();
    assertRefused(NOT_FOUND, () -> store.delete(BERT, annas.id()));

    StoredEventTracker berts = createIn(store, BERT, "g");
    assertThat(trackers(store, BERT)).containsExactly(berts);
    assertThat(store.listDatasets(BERT, ALL, 0, 10).items()).hasSize(1);
    store.delete(BERT, berts.id());
    assertThat(trackers(store, ANNA)).containsExactly(annas);
    assertThat(store.getDatasetGroup(ANNA, "g").content().name()).isEqualTo("g");
  }
}
