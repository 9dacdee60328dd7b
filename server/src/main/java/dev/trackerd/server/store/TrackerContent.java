package dev.trackerd.server.store;

import java.util.List;
import java.util.Optional;

/**
 * All of a tracker that its owner decides. The store keeps every text byte for byte and every list
 * in its order; it checks nothing but what it promises in {@link TrackerStore}.
 *
 * @param name unique in the account, compared by the bytes of its UTF-8
 * @param vocabulary the phrases
 * @param description free text, if there is one
 * @param categories free labels; empty is the same as none
 * @param languages language codes; empty is the same as none
 * @param excludeVocabulary phrases that are not to be spotted; empty is the same as none
 */
public record TrackerContent(
    String name,
    List<String> vocabulary,
    Optional<String> description,
    List<String> categories,
    List<String> languages,
    List<String> excludeVocabulary) {

  /** Copies the lists, so that the record never changes. */
  public TrackerContent {
    vocabulary = List.copyOf(vocabulary);
    categories = List.copyOf(categories);
    languages = List.copyOf(languages);
    excludeVocabulary = List.copyOf(excludeVocabulary);
  }

  /** A tracker with nothing but a name and phrases. */
  public static TrackerContent of(String name, List<String> vocabulary) {
    return new TrackerContent(name, vocabulary, Optional.empty(), List.of(), List.of(), List.of());
  }
}
