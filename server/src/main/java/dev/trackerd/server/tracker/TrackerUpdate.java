package dev.trackerd.server.tracker;

import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.UpdateRequest;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What an {@link UpdateRequest} makes of a stored tracker. Everything that can be checked without
 * the stored tracker is checked when it is made.
 */
final class TrackerUpdate implements UnaryOperator<TrackerFields> {
  private static final Set<String> IGNORED = Set.of("id", "created_on", "updated_on");
  private static final Set<String> CHANGEABLE =
      Set.of("name", "vocabulary", "description", "categories", "languages", "exclude_vocabulary");

  private final TrackerFields wanted;
  private final Set<String> fields;
  private final boolean merge;

  private TrackerUpdate(TrackerFields wanted, Set<String> fields, boolean merge) {
    this.wanted = wanted;
    this.fields = fields;
    this.merge = merge;
  }

  /**
   * Reads a request.
   *
   * @param unspecified what to do with the vocabulary when the request does not say
   * @throws RequestException FIELD_INVALID
   */
  static TrackerUpdate of(UpdateRequest request, VocabularyUpdate unspecified) {
    checkId(request);
    Set<String> fields = fields(request);
    if (fields.isEmpty()) {
      throw RequestException.field(
          "tracker",
          "expected: at least one of name, vocabulary,"
              + " description, categories, languages, excludeVocabulary");
    }
    TrackerUpdate update =
        new TrackerUpdate(
            Trackers.toFields(request.getTracker()), fields, isMerge(request, unspecified));
    // A name and phrase that are surely valid stand for what is kept, so that bad input is refused
    // before the stored tracker is looked for.
    update.applyTo(TrackerFields.of("kept", List.of("kept")), false);
    return update;
  }

  @Override
  public TrackerFields apply(TrackerFields stored) {
    return applyTo(stored, merge);
  }

  private TrackerFields applyTo(TrackerFields stored, boolean merged) {
    TrackerFields changed =
        new TrackerFields(
            has("name") ? wanted.name() : stored.name(),
            has("vocabulary") ? wanted.vocabulary() : stored.vocabulary(),
            has("description") ? wanted.description() : stored.description(),
            has("categories") ? wanted.categories() : stored.categories(),
            has("languages") ? wanted.languages() : stored.languages(),
            has("exclude_vocabulary") ? wanted.excludeVocabulary() : stored.excludeVocabulary());
    TrackerFields checked = TrackerChecks.check("tracker", changed);
    return merged && has("vocabulary")
        ? TrackerChecks.check("tracker", withPhrasesOf(stored, checked))
        : checked;
  }

  /** The request's phrases first, then the stored ones that it does not have. */
  private static TrackerFields withPhrasesOf(TrackerFields stored, TrackerFields changed) {
    Set<String> merged = new LinkedHashSet<>(changed.vocabulary());
    merged.addAll(stored.vocabulary());
    return new TrackerFields(
        changed.name(),
        new ArrayList<>(merged),
        changed.description(),
        changed.categories(),
        changed.languages(),
        changed.excludeVocabulary());
  }

  private boolean has(String field) {
    return fields.contains(field);
  }

  private static void checkId(UpdateRequest request) {
    String id = request.getTracker().getId();
    boolean named = !id.isEmpty() || request.getUpdateMask().getPathsList().contains("id");
    if (named && !id.equals(request.getTrackerId())) {
      throw RequestException.field("tracker.id", "expected: the id of the path, or none");
    }
  }

  /** The fields to change: those of the mask, or without one those that are set (AIP-134). */
  private static Set<String> fields(UpdateRequest request) {
    if (request.getUpdateMask().getPathsCount() == 0) {
      return setFields(request.getTracker());
    }
    Set<String> fields = new HashSet<>();
    for (String path : request.getUpdateMask().getPathsList()) {
      if (path.equals("*")) {
        fields.addAll(CHANGEABLE);
      } else if (CHANGEABLE.contains(path)) {
        fields.add(path);
      } else if (!IGNORED.contains(path)) {
        throw RequestException.field(
            "update_mask",
            "expected: paths out of name, vocabulary, description, categories,"
                + " languages, exclude_vocabulary");
      }
    }
    return fields;
  }

  private static Set<String> setFields(Tracker tracker) {
    Set<String> fields = new HashSet<>();
    tracker.getAllFields().keySet().stream()
        .map(field -> field.getName())
        .filter(CHANGEABLE::contains)
        .forEach(fields::add);
    return fields;
  }

  private static boolean isMerge(UpdateRequest request, VocabularyUpdate unspecified) {
    return switch (request.getVocabularyUpdate()) {
      case VOCABULARY_UPDATE_UNSPECIFIED -> unspecified == VocabularyUpdate.MERGE;
      case MERGE -> true;
      case REPLACE -> false;
      case UNRECOGNIZED ->
          throw RequestException.field("vocabulary_update", "expected: MERGE or REPLACE");
    };
  }
}
