package dev.trackerd.server.tracker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tracker while a patch changes it. Not thread-safe; lives for one patch. */
final class PatchDraft {
  String name;
  Optional<String> description;
  private final Map<String, List<String>> lists = new LinkedHashMap<>();

  PatchDraft(TrackerFields stored) {
    name = stored.name();
    description = stored.description();
    lists.put("vocabulary", new ArrayList<>(stored.vocabulary()));
    lists.put("categories", new ArrayList<>(stored.categories()));
    lists.put("languages", new ArrayList<>(stored.languages()));
    lists.put("excludeVocabulary", new ArrayList<>(stored.excludeVocabulary()));
  }

  /** The list of that JSON name, to be changed in place. */
  List<String> list(String field) {
    return lists.get(field);
  }

  TrackerFields toContent() {
    return new TrackerFields(
        name,
        list("vocabulary"),
        description,
        list("categories"),
        list("languages"),
        list("excludeVocabulary"));
  }
}
