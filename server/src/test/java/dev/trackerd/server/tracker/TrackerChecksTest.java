package dev.trackerd.server.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.ErrorReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerChecksTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", " a ", "Foo", "ü", "語", "🙂", "a/b:c", "\"quoted\"", "a\nb"})
  void check_acceptsAnyNameThatIsNotBlank(String name) {
    TrackerFields content = TrackerFields.of(name, List.of("phrase"));

    assertThat(TrackerChecks.check("tracker", content)).isSameAs(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u00a0", "\u2003", "\u3000"})
  void check_refusesABlankName(String name) {
    assertThat(fields(TrackerFields.of(name, List.of("phrase")))).containsExactly("tracker.name");
  }

  @Test
  void check_measuresNamesInBytes() {
    assertThat(fields(TrackerFields.of("a".repeat(1024), List.of("phrase")))).isEmpty();
    assertThat(fields(TrackerFields.of("a".repeat(1025), List.of("phrase"))))
        .containsExactly("tracker.name");
    assertThat(fields(TrackerFields.of("ü".repeat(512), List.of("phrase")))).isEmpty();
    assertThat(fields(TrackerFields.of("ü".repeat(513), List.of("phrase"))))
        .containsExactly("tracker.name");
  }

  @Test
  void check_refusesAVocabularyThatIsEmptyBlankOrRepeats() {
    assertThat(fields(TrackerFields.of("n", List.of()))).containsExactly("tracker.vocabulary");
    assertThat(fields(TrackerFields.of("n", List.of("a", " ", "A", "a"))))
        .containsExactly("tracker.vocabulary[1]", "tracker.vocabulary[3]");
  }

  @Test
  void check_refusesU0000Everywhere() {
    TrackerFields content =
        new TrackerFields(
            "n\0",
            List.of("a", "b\0"),
            Optional.of("\0"),
            List.of("\0"),
            List.of("\0"),
            List.of("\0"));

    assertThat(fields(content))
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

    assertThat(fields(TrackerFields.of("n", blanks))).hasSize(10);
  }

  @Test
  void check_neverQuotesAPhrase() {
    TrackerFields content = TrackerFields.of("n", List.of("secret words", "secret words"));

    assertThat(refusal(content).getMessage()).doesNotContain("secret");
  }

  @Test
  void check_measuresTheSerializedTracker() {
    // 18 bytes of id, 3 of name, 5 of the phrase's tag and length.
    String largest = "a".repeat(TrackerChecks.MAX_TRACKER_BYTES - 18 - 3 - 5);

    assertThat(refusal(TrackerFields.of("n", List.of(largest)))).isNull();
    assertThat(refusal(TrackerFields.of("n", List.of(largest + "a"))).reason())
        .isEqualTo(ErrorReason.TRACKER_TOO_LARGE);
    assertThat(
            refusal(TrackerFields.of("n", List.of("ü".repeat(largest.length() / 2 + 1)))).reason())
        .isEqualTo(ErrorReason.TRACKER_TOO_LARGE);
  }

  private static List<String> fields(TrackerFields content) {
    RequestException refusal = refusal(content);
    return refusal == null
        ? List.of()
        : refusal.violations().stream().map(RequestException.Violation::field).toList();
  }

  private static RequestException refusal(TrackerFields content) {
    return catchThrowableOfType(
        RequestException.class, () -> TrackerChecks.check("tracker", content));
  }
}
