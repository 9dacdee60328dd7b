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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackerUpdateTest {
  private static final Tracker STORED =
      Tracker.newBuilder()
          .setName("Promotion Mention")
          .addAllVocabulary(List.of("one", "two", "three"))
          .setDescription("about")
          .addCategories("sales")
          .addLanguages("en-US")
          .addExcludeVocabulary("not this")
          .build();

  @Test
  void update_mergesRequestFirstThenStoredPhrases() {
    Tracker updated =
        apply(request(tracker().setName("New").addVocabulary("four").addVocabulary("two")));

    assertThat(updated.getName()).isEqualTo("New");
    assertThat(updated.getVocabularyList()).containsExactly("four", "two", "one", "three");
    assertThat(updated.getDescription()).isEqualTo("about");
    assertThat(updated.getCategoriesList()).containsExactly("sales");
  }

  @Test
  void update_replacesWhenAsked() {
    UpdateRequest.Builder request = request(tracker().addVocabulary("four"));

    assertThat(apply(request.setVocabularyUpdate(VocabularyUpdate.REPLACE)).getVocabularyList())
        .containsExactly("four");
  }

  @Test
  void update_followsTheServersDefaultUnlessTheRequestSays() {
    UpdateRequest.Builder request = request(tracker().addVocabulary("four"));

    assertThat(
            TrackerUpdate.of(request.build(), VocabularyUpdate.REPLACE)
                .apply(STORED)
                .getVocabularyList())
        .containsExactly("four");
    request.setVocabularyUpdate(VocabularyUpdate.MERGE);
    assertThat(
            TrackerUpdate.of(request.build(), VocabularyUpdate.REPLACE)
                .apply(STORED)
                .getVocabularyList())
        .containsExactly("four", "one", "two", "three");
  }

  @Test
  void update_comparesPhrasesExactly() {
    assertThat(apply(request(tracker().addVocabulary("ONE"))).getVocabularyList())
        .containsExactly("ONE", "one", "two", "three");
  }

  @Test
  void update_clearsWhatTheMaskNamesAndTheTrackerLacks() {
    UpdateRequest.Builder request =
        request(tracker()).setUpdateMask(mask("description", "categories", "exclude_vocabulary"));
    Tracker updated = apply(request);

    assertThat(updated.hasDescription()).isFalse();
    assertThat(updated.getCategoriesList()).isEmpty();
    assertThat(updated.getExcludeVocabularyList()).isEmpty();
    assertThat(updated.getLanguagesList()).containsExactly("en-US");
    assertThat(updated.getVocabularyList()).containsExactly("one", "two", "three");
  }

  @Test
  void update_changesOnlyWhatTheMaskNames() {
    UpdateRequest.Builder request =
        request(tracker().setName("New").addVocabulary("four")).setUpdateMask(mask("name"));

    assertThat(apply(request)).isEqualTo(STORED.toBuilder().setName("New").build());
  }

  @Test
  void update_acceptsTheIdOfThePath() {
    assertThat(apply(request(tracker().setId("4476908732794496").setName("New"))).getName())
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
    Tracker large =
        tracker()
            .setName("Large")
            .addVocabulary(megabyte + "1")
            .addVocabulary(megabyte + "2")
            .build();
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

  private static Tracker apply(UpdateRequest.Builder request) {
    return TrackerUpdate.of(request.build(), VocabularyUpdate.MERGE).apply(STORED);
  }

  private static RequestException refusal(UpdateRequest.Builder request) {
    return catchThrowableOfType(RequestException.class, () -> apply(request));
  }
}
