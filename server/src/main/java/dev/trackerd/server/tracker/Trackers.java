package dev.trackerd.server.tracker;

import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.v1.Tracker;
import java.util.List;
import java.util.Optional;

/** Trackers as messages and as stored values. */
final class Trackers {
  private Trackers() {}

  static Tracker toMessage(dev.trackerd.server.store.Tracker tracker) {
    Tracker.Builder message = toMessage(tracker.content()).toBuilder();
    return message.setId(Long.toString(tracker.id())).build();
  }

  /** The message of a tracker that has no id yet. */
  static Tracker toMessage(TrackerContent content) {
    Tracker.Builder message =
        Tracker.newBuilder()
            .setName(content.name())
            .addAllVocabulary(content.vocabulary())
            .addAllCategories(content.categories())
            .addAllLanguages(content.languages())
            .addAllExcludeVocabulary(content.excludeVocabulary());
    content.description().ifPresent(message::setDescription);
    return message.build();
  }

  static List<Tracker> toMessages(List<dev.trackerd.server.store.Tracker> trackers) {
    return trackers.stream().map(Trackers::toMessage).toList();
  }

  /** What the owner decided; the id and the ignored fields are left out. */
  static TrackerContent toContent(Tracker message) {
    return new TrackerContent(
        message.getName(),
        message.getVocabularyList(),
        message.hasDescription() ? Optional.of(message.getDescription()) : Optional.empty(),
        message.getCategoriesList(),
        message.getLanguagesList(),
        message.getExcludeVocabularyList());
  }

  /**
   * The stored id that a caller's text names; 0, which no tracker has, for any text that no
   * tracker's id can be.
   */
  static long toId(String text) {
    if (text.length() != 16 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    return Long.parseLong(text);
  }
}
