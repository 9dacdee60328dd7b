package dev.trackerd.server.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.FieldMask;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.UpdateRequest;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackerUpdateTest {
  private static final TrackerFields STORED =
      new TrackerFields(
          "Promotion Mention",
          List.of("one", "two", "three"),
          Optional.of("about"),
          List.of("sales"),
          List.of("en-US"),
          List.of("not this"));

  @Test
  void update_mergesRequestFirstThenStoredPhrases() {
    TrackerFields updated =
        apply(request(tracker().setName("New").addVocabulary("four").addVocabulary("two")));

    assertThat(updated.name()).isEqualTo("New");
    assertThat(updated.vocabulary()).containsExactly("four", "two", "one", "three");
    assertThat(updated.description()).contains("about");
    assertThat(updated.categories()).containsExactly("sales");
  }

  @Test
  void update_replacesWhenAsked() {
    UpdateRequest.Builder request = request(tracker().addVocabulary("four"));

    assertThat(apply(request.setVocabularyUpdate(VocabularyUpdate.REPLACE)).vocabulary())
        .containsExactly("four");
  }

  @Test
  void update_followsTheServersDefaultUnlessTheRequestSays() {
    UpdateRequest.Builder request = request(tracker().addVocabulary("four"));

    assertThat(
            TrackerUpdate.of(request.build(), VocabularyUpdate.REPLACE).apply(STORED).vocabulary())
        .containsExactly("four");
    request.setVocabularyUpdate(VocabularyUpdate.MERGE);
    assertThat(
            TrackerUpdate.of(request.build(), VocabularyUpdate.REPLACE).apply(STORED).vocabulary())
        .containsExactly("four", "one", "two", "three");
  }

  @Test
  void update_comparesPhrasesExactly() {
    assertThat(apply(request(tracker().addVocabulary("ONE"))).vocabulary())
        .containsExactly("ONE", "one", "two", "three");
  }

  @Test
  void update_clearsWhatTheMaskNamesAndTheTrackerLacks() {
    UpdateRequest.Builder request =
        request(tracker()).setUpdateMask(mask("description", "categories", "exclude_vocabulary"));
    TrackerFields updated = apply(request);

    assertThat(updated.description()).isEmpty();
    assertThat(updated.categories()).isEmpty();
    assertThat(updated.excludeVocabulary()).isEmpty();
    assertThat(updated.languages()).containsExactly("en-US");
    assertThat(updated.vocabulary()).containsExactly("one", "two", "three");
  }

  @Test
  void update_changesOnlyWhatTheMaskNames() {
    UpdateRequest.Builder request =
        request(tracker().setName("New").addVocabulary("four")).setUpdateMask(mask("name"));

    assertThat(apply(request))
        .isEqualTo(
            new TrackerFields(
                "New",
                STORED.vocabulary(),
                STORED.description(),
                STORED.categories(),
                STORED.languages(),
                STORED.excludeVocabulary()));
  }

  @Test
  void update_acceptsTheIdOfThePath() {
    assertThat(apply(request(tracker().setId("4476908732794496").setName("New"))).name())
        .isEqualTo("New");
  }

  @Test
  void update_refusesAnotherId() {
    assertThat(refusal(request(tracker().setId("4476908732794497").setName("New"))).getMessage())
        .startsWith("tracker.id: ");
    assertThat(refusal(request(tracker().setName("New")).setUpdateMask(mask("id", "name"))))
        .hasMessageStartingWith("tracker.id: ");
  }

  @Test
  void update_refusesNothingToChange() {
    assertThat(refusal(request(tracker()))).hasMessageStartingWith("tracker: ");
    assertThat(refusal(request(tracker().setId("4476908732794496"))))
        .hasMessageStartingWith("tracker: ");
  }

  @ParameterizedTest
  @CsvSource({"name, tracker.name", "vocabulary, tracker.vocabulary", "nonsense, update_mask"})
  void update_refusesAMaskThatCantBe(String path, String field) {
    assertThat(refusal(request(tracker()).setUpdateMask(mask(path))))
        .hasMessageStartingWith(field + ": ");
  }

  @Test
  void update_refusesDuplicatePhrasesBeforeAnyTrackerIsRead() {
    RequestException refusal = refusal(request(tracker().addVocabulary("x").addVocabulary("x")));

    assertThat(refusal.reason()).isEqualTo(ErrorReason.FIELD_INVALID);
    assertThat(refusal.violations()).hasSize(1);
    assertThat(refusal.violations().get(0).field()).isEqualTo("tracker.vocabulary[1]");
  }

  @Test
  void update_refusesAMergeThatGrowsTooLarge() {
    String megabyte = "a".repeat(1 << 20);
    TrackerFields large = TrackerFields.of("Large", List.of(megabyte + "1", megabyte + "2"));
    TrackerUpdate update =
        TrackerUpdate.of(
            request(tracker().addVocabulary(megabyte + "3")).build(), VocabularyUpdate.MERGE);

    RequestException refusal =
        catchThrowableOfType(RequestException.class, () -> update.apply(large));

    assertThat(refusal.reason()).isEqualTo(ErrorReason.TRACKER_TOO_LARGE);
  }

  private static UpdateRequest.Builder request(Tracker.Builder tracker) {
    return UpdateRequest.newBuilder().setTrackerId("4476908732794496").setTracker(tracker);
  }

  private static Tracker.Builder tracker() {
    return Tracker.newBuilder();
  }

  private static FieldMask mask(String... paths) {
    return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
  }

  private static TrackerFields apply(UpdateRequest.Builder request) {
    return TrackerUpdate.of(request.build(), VocabularyUpdate.MERGE).apply(STORED);
  }

  private static RequestException refusal(UpdateRequest.Builder request) {
    return catchThrowableOfType(RequestException.class, () -> apply(request));
  }
}
