package dev.trackerd.server.tracker;

import dev.trackerd.server.rpc.Refusals;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.UpdateRequest;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What an {@link UpdateRequest} makes of a stored tracker. Everything that can be checked without
 * the stored tracker is checked when it is made.
 */
final class TrackerUpdate implements UnaryOperator<Tracker> {
  private static final Set<String> IGNORED = Set.of("id", "created_on", "updated_on");
  private static final Set<String> CHANGEABLE =
      Set.of("name", "vocabulary", "description", "categories", "languages", "exclude_vocabulary");

  private static final Tracker KEPT =
      Tracker.newBuilder().setName("kept").addVocabulary("kept").build();

  private final Tracker wanted;
  private final Set<String> fields;
  private final boolean merge;

  private TrackerUpdate(Tracker wanted, Set<String> fields, boolean merge) {
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
    Refusals refusals = new Refusals();
    refusals.attempt(() -> checkId(request));
    refusals.attempt(() -> checkMode(request));
    refusals.attempt(() -> checkMask(request));
    Set<String> fields = fields(request);
    TrackerUpdate update =
        new TrackerUpdate(request.getTracker(), fields, isMerge(request, unspecified));
    // A name and phrase that are surely valid stand for what is kept, so that bad input is refused
    // before the stored tracker is looked for.
    refusals.attempt(() -> TrackerChecks.check("tracker", update.replaced(KEPT)));
    refusals.check();
    if (fields.isEmpty()) {
      throw RequestException.field(
          "tracker", "expected: at least one field to change, such as name or vocabulary");
    }
    return update;
  }

  @Override
  public Tracker apply(Tracker stored) {
    Tracker changed = replaced(stored);
    if (merge && has("vocabulary")) {
      Tracker.Builder merged = changed.toBuilder();
      addAbsent(merged, stored.getVocabularyList());
      changed = merged.build();
    }
    return TrackerChecks.checkChanged(stored, changed);
  }

  private Tracker replaced(Tracker kept) {
    Tracker.Builder changed = kept.toBuilder();
    if (has("name")) {
      changed.setName(wanted.getName());
    }
    if (has("description")) {
      if (wanted.hasDescription()) {
        changed.setDescription(wanted.getDescription());
      } else {
        changed.clearDescription();
      }
    }
    for (ListField field : ListField.values()) {
      if (has(field.protoName())) {
        field.set(changed, field.of(wanted));
      }
    }
    return changed.build();
  }

  /** The request's phrases come first, then the stored ones that it does not have. */
  private static void addAbsent(Tracker.Builder changed, List<String> stored) {
    Set<String> present = new HashSet<>(changed.getVocabularyList());
    for (String phrase : stored) {
      if (!present.contains(phrase)) {
        changed.addVocabulary(phrase);
      }
    }
  }

  private boolean has(String field) {
    return fields.contains(field);
  }

  private static void checkId(UpdateRequest request) {
    String id = request.getTracker().getId();
    boolean named = !id.isEmpty() || request.getUpdateMask().getPathsList().contains("id");
    if (named && !id.equals(request.getTrackerId())) {
      throw RequestException.field(
          "tracker.id", "expected: the id of the tracker to update, or none");
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
      }
    }
    return fields;
  }

  private static void checkMask(UpdateRequest request) {
    for (String path : request.getUpdateMask().getPathsList()) {
      if (!path.equals("*") && !CHANGEABLE.contains(path) && !IGNORED.contains(path)) {
        throw RequestException.field(
            "update_mask",
            "expected: paths out of name, vocabulary, description, categories,"
                + " languages, exclude_vocabulary");
      }
    }
  }

  private static void checkMode(UpdateRequest request) {
    if (request.getVocabularyUpdate() == UpdateRequest.VocabularyUpdate.UNRECOGNIZED) {
      throw RequestException.field("vocabulary_update", "expected: MERGE or REPLACE");
    }
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
      case REPLACE, UNRECOGNIZED -> false;
    };
  }
}
