package dev.trackerd.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.v1.Tracker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts come back as they went in, and names are told apart by their bytes. */
public abstract class TrackerTextsContract extends StoreContract {
  private TrackerStore store;

  @BeforeEach
  void openStore() {
    store = open().trackers();
  }

  static Stream<String> oddTexts() {
    return Stream.of(
        "what's the price?",
        "\"quoted\" \\ back\\slash / slash",
        "line\nfeed\r\nreturn\ttab",
        "\u0001\u0008\u001f\u007f\u0085",
        "\u2028\u2029\ufeff\u200b\u00a0",
        "😀 👩‍👩‍👧 \uD83C\uDDE9\uD83C\uDDEA",
        "\uffff\ufffd\ue000 \uDBFF\uDFFF",
        "שלום עולם \u202e rtl",
        "日本語 ไทย हिन्दी",
        "e\u0301 \u00e9",
        "'; DROP TABLE tracker; --",
        "% _ * ? [a]",
        "null",
        "[]",
        "{\"a\":1}",
        " ",
        " leading and trailing ",
        "-1e400");
  }

  @ParameterizedTest
  @MethodSource("oddTexts")
  void everyField_keepsOddTexts(String text) {
    TrackerContent content =
        StoredContents.of(
            Tracker.newBuilder()
                .setName(text)
                .addAllVocabulary(List.of("before", text, text + text))
                .setDescription(text)
                .addCategories(text)
                .addAllLanguages(List.of(text, "x"))
                .addAllExcludeVocabulary(List.of("x", text)));
    StoredTracker made = store.create(ANNA, content);
    assertThat(store.get(ANNA, made.id()).content()).isEqualTo(content);
    assertThat(store.findByName(ANNA, text)).contains(made);
    store.update(ANNA, made.id(), old -> named("other"));
    StoredTracker again = new StoredTracker(made.id(), 3, content);
    assertThat(store.update(ANNA, made.id(), old -> content)).isEqualTo(again);
    assertThat(walk(store, ANNA, 10)).containsExactly(again);
  }

  @Test
  void names_areToldApartByTheirBytes() {
    List<String> names =
        List.of(
            "foo",
            "Foo",
            "FOO",
            "foo ",
            " foo",
            "föo",
            "fo\u0308o",
            "fòo",
            "foo\n",
            "ﬀ",
            "ff",
            "ß",
            "ss",
            "SS",
            "İ",
            "i",
            "I",
            "ı",
            "1",
            "01",
            "1.0",
            "１",
            "",
            "%",
            "f%",
            "_");
    names.forEach(name -> store.create(ANNA, named(name)));
    for (String name : names) {
      assertThat(store.findByName(ANNA, name).map(StoredTracker::content)).contains(named(name));
    }
    assertThat(store.findByName(ANNA, "fOo")).isEmpty();
    assertThat(store.findByName(ANNA, "o")).isEmpty();
    assertThat(walk(store, ANNA, 100))
        .extracting(tracker -> tracker.content().name())
        .isEqualTo(names);
  }

  @Test
  void names_mayBeLongAndDifferInTheLastByte() {
    String stem = "é".repeat(511);
    StoredTracker a = store.create(ANNA, named(stem + "a"));
    StoredTracker b = store.create(ANNA, named(stem + "b"));
    assertThat(store.findByName(ANNA, stem + "a")).contains(a);
    assertThat(store.findByName(ANNA, stem + "b")).contains(b);
  }

  @Test
  void vocabulary_keepsItsOrder() {
    List<String> phrases = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      phrases.add("phrase " + i);
    }
    Collections.shuffle(phrases, new Random(1));
    phrases.set(17, phrases.get(4000)); // the store does not mind a phrase twice
    StoredTracker made = store.create(ANNA, StoredContents.of("many", phrases));
    assertThat(StoredContents.vocabulary(store.get(ANNA, made.id()))).isEqualTo(phrases);
    store.update(ANNA, made.id(), old -> StoredContents.of("many", reversed(phrases)));
    assertThat(StoredContents.vocabulary(store.get(ANNA, made.id()))).isEqualTo(reversed(phrases));
  }

  @Test
  void vocabulary_keepsPhrasesOfAMebibyte() {
    List<String> phrases =
        List.of("a".repeat(1 << 20), "é".repeat(1 << 19), "😀\"".repeat(200_000));
    StoredTracker made = store.create(ANNA, StoredContents.of("big", phrases));
    assertThat(StoredContents.vocabulary(store.get(ANNA, made.id())).equals(phrases)).isTrue();
  }

  private static List<String> reversed(List<String> texts) {
    List<String> reversed = new ArrayList<>(texts);
    Collections.reverse(reversed);
    return reversed;
  }
}
