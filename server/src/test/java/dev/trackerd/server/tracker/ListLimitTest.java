package dev.trackerd.server.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Value;
import com.google.protobuf.util.Values;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.PatchOperation;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.UpdateRequest;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The most items of a list, on every way into one. */
class ListLimitTest {
  private static final int LIMIT = 100_000;

  @ParameterizedTest
  @EnumSource(ListField.class)
  void create_takesAsManyItemsAsAListMayHave(ListField field) throws Exception {
    Tracker most = with(field, LIMIT);

    assertThat(TrackerChecks.check("tracker", most)).isSameAs(most);
    assertRefused(
        "tracker." + field.protoName(),
        () -> TrackerChecks.check("tracker", with(field, LIMIT + 1)));
  }

  @Test
  void batch_namesTheTracker() {
    List<Tracker> trackers = List.of(stored(1), with(ListField.LANGUAGES, LIMIT + 1));

    assertRefused("trackers[1].languages", () -> TrackerChecks.checkAll(trackers));
  }

  @Test
  void update_countsTheMergedPhrases() throws Exception {
    assertThat(update(stored(LIMIT - 1), "new").getVocabularyCount()).isEqualTo(LIMIT);
    assertThat(update(stored(LIMIT), "1").getVocabularyCount()).isEqualTo(LIMIT);
    assertRefused("tracker.vocabulary", () -> update(stored(LIMIT), "new"));
  }

  @Test
  void update_refusesALongListBeforeAnyTrackerIsRead() {
    assertRefused(
        "tracker.vocabulary",
        () -> TrackerUpdate.of(request(stored(LIMIT + 1)), VocabularyUpdate.REPLACE));
  }

  @Test
  void patch_countsTheResult() throws Exception {
    assertThat(patch(stored(LIMIT - 1), add("/vocabulary/-", "new")).getVocabularyCount())
        .isEqualTo(LIMIT);
    assertThat(
            patch(stored(LIMIT), add("/vocabulary/-", "new"), remove("/vocabulary/0", null))
                .getVocabularyCount())
        .isEqualTo(LIMIT);
    assertRefused("tracker.vocabulary", () -> patch(stored(LIMIT), add("/vocabulary/-", "new")));
    assertRefused("tracker.vocabulary", () -> patch(stored(LIMIT), add("/vocabulary", "new")));
  }

  @Test
  void longerStoredList_mayBeLeftAloneAndShrunkButNotGrow() throws Exception {
    Tracker longer = stored(LIMIT + 50);

    assertThat(
            TrackerUpdate.of(
                    request(Tracker.newBuilder().setName("New").build()), VocabularyUpdate.MERGE)
                .apply(longer)
                .getVocabularyCount())
        .isEqualTo(LIMIT + 50);
    assertThat(patch(longer, add("/description", "new")).getVocabularyCount())
        .isEqualTo(LIMIT + 50);
    assertThat(patch(longer, remove("/vocabulary", Values.of("1"))).getVocabularyCount())
        .isEqualTo(LIMIT + 49);
    assertThat(update(longer, "1").getVocabularyCount()).isEqualTo(LIMIT + 50);
    assertRefused("tracker.vocabulary", () -> update(longer, "new"));
    assertRefused("tracker.vocabulary", () -> patch(longer, add("/vocabulary", "new")));
  }

  private static void assertRefused(String field, Callable<?> call) {
    RequestException refusal = catchThrowableOfType(RequestException.class, call::call);

    assertThat(refusal.reason()).isEqualTo(ErrorReason.FIELD_INVALID);
    assertThat(refusal).hasMessage(field + ": expected: at most 100000 items");
    assertThat(refusal.violations()).extracting("field").containsExactly(field);
  }

  private static Tracker update(Tracker stored, String phrase) {
    Tracker wanted = Tracker.newBuilder().addVocabulary(phrase).build();
    return TrackerUpdate.of(request(wanted), VocabularyUpdate.MERGE).apply(stored);
  }

  private static UpdateRequest request(Tracker wanted) {
    return UpdateRequest.newBuilder().setTracker(wanted).build();
  }

  private static Tracker patch(Tracker stored, PatchOperation... operations) {
    return TrackerPatch.of(Arrays.asList(operations)).apply(stored);
  }

  private static PatchOperation add(String path, String text) {
    return PatchOperation.newBuilder().setOp("add").setPath(path).setValue(Values.of(text)).build();
  }

  private static PatchOperation remove(String path, Value value) {
    PatchOperation.Builder operation = PatchOperation.newBuilder().setOp("remove").setPath(path);
    return value == null ? operation.build() : operation.setValue(value).build();
  }

  private static Tracker stored(int phrases) {
    return with(ListField.VOCABULARY, phrases);
  }

  private static Tracker with(ListField field, int items) {
    Tracker.Builder tracker = Tracker.newBuilder().setName("name").addVocabulary("phrase");
    Stream<String> texts = IntStream.range(0, items).mapToObj(Integer::toString);
    field.set(tracker, texts.toList());
    return tracker.build();
  }
}
