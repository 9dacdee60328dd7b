package dev.trackerd.server.tracker;

import dev.trackerd.v1.Tracker;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The lists of texts that a tracker has. */
enum ListField {
  VOCABULARY(
      "vocabulary",
      "vocabulary",
      Tracker::getVocabularyList,
      (tracker, texts) -> tracker.clearVocabulary().addAllVocabulary(texts)),
  CATEGORIES(
      "categories",
      "categories",
      Tracker::getCategoriesList,
      (tracker, texts) -> tracker.clearCategories().addAllCategories(texts)),
  LANGUAGES(
      "languages",
      "languages",
      Tracker::getLanguagesList,
      (tracker, texts) -> tracker.clearLanguages().addAllLanguages(texts)),
  EXCLUDE_VOCABULARY(
      "exclude_vocabulary",
      "excludeVocabulary",
      Tracker::getExcludeVocabularyList,
      (tracker, texts) -> tracker.clearExcludeVocabulary().addAllExcludeVocabulary(texts));

  private final String protoName;
  private final String jsonName;
  private final Function<Tracker, List<String>> getter;
  private final BiConsumer<Tracker.Builder, List<String>> setter;

  ListField(
      String protoName,
      String jsonName,
      Function<Tracker, List<String>> getter,
      BiConsumer<Tracker.Builder, List<String>> setter) {
    this.protoName = protoName;
    this.jsonName = jsonName;
    this.getter = getter;
    this.setter = setter;
  }

  /** The field of that name in JSON; there must be one. */
  static ListField ofJsonName(String jsonName) {
    for (ListField field : values()) {
      if (field.jsonName.equals(jsonName)) {
        return field;
      }
    }
    throw new IllegalArgumentException("no list of a tracker: " + jsonName);
  }

  String protoName() {
    return protoName;
  }

  /** The list of {@code tracker}, not copied. */
  List<String> of(Tracker tracker) {
    return getter.apply(tracker);
  }

  void set(Tracker.Builder tracker, List<String> texts) {
    setter.accept(tracker, texts);
  }
}
