package dev.trackerd.server.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.PatchOperation;
import dev.trackerd.v1.Tracker;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrackerPatchTest {
  private static final Tracker STORED =
      Tracker.newBuilder()
          .setName("Stored")
          .addAllVocabulary(List.of("a", "b", "c"))
          .setDescription("about")
          .addCategories("sales")
          .build();

  static Stream<Arguments> vocabularies() {
    return Stream.of(
        Arguments.of("add", "/vocabulary", text("d"), List.of("a", "b", "c", "d")),
        Arguments.of("add", "/vocabulary", text("b"), List.of("a", "b", "c")),
        Arguments.of("add", "/vocabulary", texts("d", "a", "e"), List.of("a", "b", "c", "d", "e")),
        Arguments.of("add", "/vocabulary/-", text("d"), List.of("a", "b", "c", "d")),
        Arguments.of("add", "/vocabulary/0", text("d"), List.of("d", "a", "b", "c")),
        Arguments.of("add", "/vocabulary/3", text("d"), List.of("a", "b", "c", "d")),
        Arguments.of("replace", "/vocabulary", text("d"), List.of("d")),
        Arguments.of("replace", "/vocabulary", texts("d", "e"), List.of("d", "e")),
        Arguments.of("replace", "/vocabulary/1", text("d"), List.of("a", "d", "c")),
        Arguments.of("remove", "/vocabulary", text("b"), List.of("a", "c")),
        Arguments.of("remove", "/vocabulary", text("not there"), List.of("a", "b", "c")),
        Arguments.of("remove", "/vocabulary", texts("a", "c"), List.of("b")),
        Arguments.of("remove", "/vocabulary/0", null, List.of("b", "c")));
  }

  @ParameterizedTest
  @MethodSource("vocabularies")
  void patch_changesTheVocabulary(String op, String path, Value value, List<String> expected) {
    assertThat(apply(operation(op, path, value)).getVocabularyList()).isEqualTo(expected);
  }

  @Test
  void patch_setsAndClearsTexts() {
    Tracker patched =
        apply(
            operation("replace", "/name", text("New")), operation("remove", "/description", null));

    assertThat(patched.getName()).isEqualTo("New");
    assertThat(patched.hasDescription()).isFalse();
    assertThat(apply(operation("add", "/description", text("other"))).getDescription())
        .isEqualTo("other");
  }

  @Test
  void patch_clearsAnOptionalListWithoutAValue() {
    assertThat(apply(operation("remove", "/categories", null)).getCategoriesList()).isEmpty();
  }

  @Test
  void patch_appliesOperationsInOrder() {
    Tracker patched =
        apply(
            operation("add", "/excludeVocabulary", text("x")),
            operation("add", "/excludeVocabulary/0", text("y")),
            operation("add", "/languages", texts("en-US", "de-DE")),
            operation("remove", "/languages/0", null));

    assertThat(patched.getExcludeVocabularyList()).containsExactly("y", "x");
    assertThat(patched.getLanguagesList()).containsExactly("de-DE");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("move", "/name", text("x"), "operations[0].op"),
        Arguments.of("ADD", "/name", text("x"), "operations[0].op"),
        Arguments.of("replace", "/id", text("x"), "operations[0].path"),
        Arguments.of("replace", "name", text("x"), "operations[0].path"),
        Arguments.of("replace", "", text("x"), "operations[0].path"),
        Arguments.of("replace", "/vocabulary/01", text("x"), "operations[0].path"),
        Arguments.of("replace", "/name/0", text("x"), "operations[0].path"),
        Arguments.of("replace", "/vocabulary/-", text("x"), "operations[0].path"),
        Arguments.of("replace", "/vocabulary/3", text("x"), "operations[0].path"),
        Arguments.of("remove", "/vocabulary/99", null, "operations[0].path"),
        Arguments.of("remove", "/name", null, "operations[0].path"),
        Arguments.of("remove", "/vocabulary", null, "operations[0].path"),
        Arguments.of("add", "/name", null, "operations[0].value"),
        Arguments.of("add", "/vocabulary", null, "operations[0].value"),
        Arguments.of("add", "/name", texts("x", "y"), "operations[0].value"),
        Arguments.of("replace", "/name", texts("x"), "operations[0].value"),
        Arguments.of("add", "/vocabulary/-", texts("x", "y"), "operations[0].value"),
        Arguments.of("add", "/vocabulary/-", texts("x"), "operations[0].value"),
        Arguments.of("add", "/vocabulary/-", texts(), "operations[0].value"),
        Arguments.of("add", "/vocabulary/0", texts("x"), "operations[0].value"),
        Arguments.of("replace", "/vocabulary/0", texts("x"), "operations[0].value"),
        Arguments.of("add", "/vocabulary", Values.of(5), "operations[0].value"),
        Arguments.of(
            "add",
            "/vocabulary",
            Values.of(ListValue.newBuilder().addValues(Values.of(true)).build()),
            "operations[0].value[0]"),
        Arguments.of("replace", "/name", text(" "), "tracker.name"),
        Arguments.of("replace", "/vocabulary", texts(), "tracker.vocabulary"),
        Arguments.of("replace", "/vocabulary", texts("x", "x"), "tracker.vocabulary[1]"),
        Arguments.of("add", "/vocabulary/-", text("a"), "tracker.vocabulary[3]"),
        Arguments.of("remove", "/vocabulary", texts("a", "b", "c"), "tracker.vocabulary"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void patch_refuses(String op, String path, Value value, String field) {
    RequestException refusal =
        catchThrowableOfType(RequestException.class, () -> apply(operation(op, path, value)));

    assertThat(refusal.reason()).isEqualTo(ErrorReason.FIELD_INVALID);
    assertThat(refusal.violations()).extracting("field").containsExactly(field);
  }

  @Test
  void patch_refusesNoneAndTooManyOperations() {
    PatchOperation operation = operation("add", "/vocabulary", text("d"));

    assertThat(refusal(List.of())).hasMessageStartingWith("operations: ");
    assertThat(refusal(Collections.nCopies(1001, operation)))
        .hasMessageStartingWith("operations: ");
    assertThat(
            TrackerPatch.of(Collections.nCopies(1000, operation)).apply(STORED).getVocabularyList())
        .containsExactly("a", "b", "c", "d");
  }

  private static RequestException refusal(List<PatchOperation> operations) {
    return catchThrowableOfType(RequestException.class, () -> TrackerPatch.of(operations));
  }

  private static Tracker apply(PatchOperation... operations) {
    return TrackerPatch.of(List.of(operations)).apply(STORED);
  }

  private static PatchOperation operation(String op, String path, Value value) {
    PatchOperation.Builder operation = PatchOperation.newBuilder().setOp(op).setPath(path);
    return value == null ? operation.build() : operation.setValue(value).build();
  }

  private static Value text(String text) {
    return Values.of(text);
  }

  private static Value texts(String... texts) {
    return Values.of(Stream.of(texts).map(Values::of).toList());
  }
}
