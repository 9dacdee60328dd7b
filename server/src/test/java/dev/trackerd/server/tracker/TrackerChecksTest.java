package dev.trackerd.server.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.Tracker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerChecksTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", " a ", "Foo", "ü", "語", "🙂", "a/b:c", "\"quoted\"", "a\nb"})
  void check_acceptsAnyNameThatIsNotBlank(String name) {
    Tracker tracker = tracker(name, List.of("phrase"));

    assertThat(TrackerChecks.check("tracker", tracker)).isSameAs(tracker);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u00a0", "\u2003", "\u3000"})
  void check_refusesABlankName(String name) {
    assertThat(fields(tracker(name, List.of("phrase")))).containsExactly("tracker.name");
  }

  @Test
  void check_measuresNamesInBytes() {
    assertThat(fields(tracker("a".repeat(1024), List.of("phrase")))).isEmpty();
    assertThat(fields(tracker("a".repeat(1025), List.of("phrase"))))
        .containsExactly("tracker.name");
    assertThat(fields(tracker("ü".repeat(512), List.of("phrase")))).isEmpty();
    assertThat(fields(tracker("ü".repeat(513), List.of("phrase")))).containsExactly("tracker.name");
  }

  @Test
  void check_refusesAVocabularyThatIsEmptyBlankOrRepeats() {
    assertThat(fields(tracker("n", List.of()))).containsExactly("tracker.vocabulary");
    assertThat(fields(tracker("n", List.of("a", " ", "A", "a"))))
        .containsExactly("tracker.vocabulary[1]", "tracker.vocabulary[3]");
  }

  @Test
  void check_refusesU0000Everywhere() {
    Tracker tracker =
        tracker("n\0", List.of("a", "b\0")).toBuilder()
            .setDescription("\0")
            .addCategories("\0")
            .addLanguages("\0")
            .addExcludeVocabulary("\0")
            .build();

    assertThat(fields(tracker))
        .containsExactly(
            "tracker.name",
            "tracker.vocabulary[1]",
            "tracker.description",
            "tracker.categories[0]",
            "tracker.languages[0]",
            "tracker.exclude_vocabulary[0]");
  }

  @Test
  void check_namesAtMostTenViolations() {
    List<String> blanks = new ArrayList<>(Collections.nCopies(100_000, " "));

    assertThat(fields(tracker("n", blanks))).hasSize(10);
  }

  @Test
  void check_neverQuotesAPhrase() {
    Tracker tracker = tracker("n", List.of("secret words", "secret words"));

    assertThat(refusal(tracker).getMessage()).doesNotContain("secret");
  }

  @Test
  void check_measuresTheSerializedTracker() {
    // 18 bytes of id, 3 of name, 5 of the phrase's tag and length.
    String largest = "a".repeat(TrackerChecks.MAX_TRACKER_BYTES - 18 - 3 - 5);

    assertThat(refusal(tracker("n", List.of(largest)))).isNull();
    assertThat(refusal(tracker("n", List.of(largest + "a"))).reason())
        .isEqualTo(ErrorReason.TRACKER_TOO_LARGE);
    assertThat(refusal(tracker("n", List.of("ü".repeat(largest.length() / 2 + 1)))).reason())
        .isEqualTo(ErrorReason.TRACKER_TOO_LARGE);
  }

  private static Tracker tracker(String name, List<String> vocabulary) {
    return Tracker.newBuilder().setName(name).addAllVocabulary(vocabulary).build();
  }

  private static List<String> fields(Tracker tracker) {
    RequestException refusal = refusal(tracker);
    return refusal == null
        ? List.of()
        : refusal.violations().stream().map(RequestException.Violation::field).toList();
  }

  private static RequestException refusal(Tracker tracker) {
    return catchThrowableOfType(
        RequestException.class, () -> TrackerChecks.check("tracker", tracker));
  }
}
