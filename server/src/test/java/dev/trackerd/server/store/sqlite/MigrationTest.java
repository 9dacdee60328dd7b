package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.sql.StoreContract.ANNA;
import static dev.trackerd.server.store.sql.StoreContract.BERT;
import static dev.trackerd.server.store.sql.StoreContract.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredDatasetGroup;
import dev.trackerd.server.store.StoredTag;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoredContents;
import dev.trackerd.v1.Tracker;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What earlier programs left is there, unchanged, in the form of this one. */
class MigrationTest {
  private static final int NEWEST = 5;
  private static final long FIRST = 1_536_432_537_601_495L;

  /** The texts that stand in {@code version-2.db}, which a program of that version wrote. */
  private static final List<String> ODD =
      List.of(
          "what's the price?",
          "\"quoted\" \\ back\\slash / slash",
          "line\nfeed\r\nreturn\ttab",
          "\u0001\u0008\u001f\u007f\u0085",
          "\u2028\u2029\ufeff\u200b\u00a0",
          "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDDE9\uD83C\uDDEA",
          "\uffff\ufffd\ue000 \uDBFF\uDFFF",
          "\u05e9\u05dc\u05d5\u05dd \u202e rtl",
          "\u65e5\u672c\u8a9e",
          "e\u0301 \u00e9",
          "null",
          "[]",
          "{\"a\":1}",
          " leading and trailing ");

  @TempDir Path directory;

  private Stores open() {
    return SqliteStores.open(directory, StoreConfig.unlimited());
  }

  private void copyVersion2() throws Exception {
    try (InputStream in = MigrationTest.class.getResourceAsStream("version-2.db")) {
      Files.copy(in, directory.resolve("trackerd.db"));
    }
  }

  @Test
  void open_makesMessagesOfTheTrackersOfVersion2() throws Exception {
    copyVersion2();
    List<StoredTracker> annas =
        List.of(
            stored(
                FIRST,
                Tracker.newBuilder()
                    .setName("all \uD83D\uDE00\uffff")
                    .addAllVocabulary(ODD)
                    .setDescription("line\none \uDBFF\uDFFF")
                    .addAllCategories(List.of("sales", "\ufffe"))
                    .addAllLanguages(List.of("en", "de"))
                    .addAllExcludeVocabulary(ODD.subList(5, 8))),
            stored(
                FIRST + 1,
                Tracker.newBuilder().setName("only phrases").addVocabulary("a").addVocabulary("b")),
            stored(
                FIRST + 2,
                Tracker.newBuilder()
                    .setName("empty description")
                    .addVocabulary("p")
                    .setDescription("")));
    StoredTracker berts =
        stored(
            FIRST + 4,
            Tracker.newBuilder()
                .setName("only phrases")
                .addVocabulary("of bert")
                .addAllCategories(List.of("c", "c"))
                .addExcludeVocabulary("x"));
    for (int opening = 0; opening < 2; opening++) {
      try (Stores stores = open()) {
        assertThat(walk(stores.trackers(), ANNA, 2)).isEqualTo(annas);
        assertThat(walk(stores.trackers(), BERT, 2)).containsExactly(berts);
        for (StoredTracker tracker : annas) {
          assertThat(stores.trackers().get(ANNA, tracker.id())).isEqualTo(tracker);
          assertThat(stores.trackers().findByName(ANNA, tracker.content().name()))
              .contains(tracker);
        }
        stores.check();
      }
    }
    assertThat(version()).isEqualTo(NEWEST);
  }

  @Test
  void open_keepsTheRestOfVersion2() throws Exception {
    copyVersion2();
    try (Stores stores = open()) {
      var event = stores.eventTrackers().list(ANNA, Optional.empty(), 0, 10).items();
      assertThat(event).hasSize(1);
      assertThat(event.get(0).id()).isEqualTo("29ad2d02");
      assertThat(event.get(0).content())
          .isEqualTo(
              new EventTrackerContent(
                  "events \uffff", "g\uD83D\uDE00", List.of(new StoredTag("k", "v\uffff"))));
      Instant made = Instant.parse("2026-11-20T12:00:00.123Z");
      assertThat(stores.credentials().list())
          .containsExactly(new ApiKey("app1", ANNA, new byte[] {1, 2, 3}, made, Optional.empty()));
      assertThat(stores.credentials().masterKeyProof(new byte[] {1})).containsExactly(9);
    }
  }

  @Test
  void open_usesNoIdOfVersion2Again() throws Exception {
    copyVersion2();
    Clock before = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited().withClock(before))) {
      // The one before Bert's was deleted, and only a mark was left of it.
      stores.trackers().delete(BERT, FIRST + 4);
      assertThat(stores.trackers().create(BERT, StoredContents.of("a", List.of("p"))).id())
          .isGreaterThan(FIRST + 4);
    }
  }

  @Test
  void open_addsEventTrackersToVersion1() throws Exception {
    try (Session old = OldDatabases.make(directory, 1)) {
      OldDatabases.add(old, ANNA, FIRST, "a", "[\"p\"]");
    }
    try (Stores stores = open()) {
      StoredDatasetGroup group =
          stores.eventTrackers().createDatasetGroup(ANNA, DatasetGroupContent.named("g"));
      assertThat(stores.eventTrackers().getDatasetGroup(ANNA, "g")).isEqualTo(group);
      assertThat(walk(stores.trackers(), ANNA, 10))
          .containsExactly(stored(FIRST, Tracker.newBuilder().setName("a").addVocabulary("p")));
    }
  }

  @Test
  void open_changesNothingIfOneTrackerCannotBeRead() throws Exception {
    try (Session old = OldDatabases.make(directory, 2)) {
      OldDatabases.add(old, ANNA, FIRST, "a", "[\"p\"]");
      OldDatabases.add(old, ANNA, FIRST + 1, "b", "[\"p\", 7]");
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessage("tracker " + (FIRST + 1) + ": a stored list is no array of strings");
    assertThat(version()).isEqualTo(2);
    try (Session session = Sqlite.writer(directory.resolve("trackerd.db"))) {
      session.update("UPDATE tracker SET vocabulary = '[\"p\"]'");
    }
    try (Stores stores = open()) {
      assertThat(walk(stores.trackers(), ANNA, 10))
          .containsExactly(
              stored(FIRST, Tracker.newBuilder().setName("a").addVocabulary("p")),
              stored(FIRST + 1, Tracker.newBuilder().setName("b").addVocabulary("p")));
    }
  }

  @Test
  void open_keepsAnEmptyNameAndLongTexts() throws Exception {
    // Lengths on both sides of each step of the wire form's numbers.
    List<String> phrases =
        List.of("", "x".repeat(127), "x".repeat(128), "é".repeat(8192), "x".repeat(1 << 21));
    try (Session old = OldDatabases.make(directory, 2)) {
      OldDatabases.add(old, ANNA, FIRST, "", "[\"" + String.join("\",\"", phrases) + "\"]");
    }
    try (Stores stores = open()) {
      assertThat(walk(stores.trackers(), ANNA, 10))
          .containsExactly(stored(FIRST, Tracker.newBuilder().addAllVocabulary(phrases)));
    }
  }

  private int version() throws SQLException {
    try (Session session = Sqlite.reader(directory.resolve("trackerd.db"))) {
      return OldDatabases.version(session);
    }
  }

  private static StoredTracker stored(long id, Tracker.Builder message) {
    return new StoredTracker(id, 1, StoredContents.of(message));
  }
}
