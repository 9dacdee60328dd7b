package dev.trackerd.server.tracker;

import java.util.List;
import java.util.Optional;

/**
 * All of a tracker that its owner decides, field by field.
 *
 * @param name unique in the account
 * @param vocabulary the phrases
 * @param description free text, if there is one
 * @param categories free labels; empty is the same as none
 * @param languages language codes; empty is the same as none
 * @param excludeVocabulary phrases that are not to be spotted; empty is the same as none
 */
record TrackerFields(
    String name,
    List<String> vocabulary,
    Optional<String> description,
    List<String> categories,
    List<String> languages,
    List<String> excludeVocabulary) {

  /** Copies the lists, so that the record never changes. */
  TrackerFields {
    vocabulary = List.copyOf(vocabulary);
    categories = List.copyOf(categories);
    languages = List.copyOf(languages);
    excludeVocabulary = List.copyOf(excludeVocabulary);
  }

  /** A tracker with nothing but a name and phrases. */
  static TrackerFields of(String name, List<String> vocabulary) {
    return new TrackerFields(name, vocabulary, Optional.empty(), List.of(), List.of(), List.of());
  }
}
