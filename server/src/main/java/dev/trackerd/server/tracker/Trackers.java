package dev.trackerd.server.tracker;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.v1.Tracker;
import java.util.List;
import java.util.Optional;

/** Trackers as messages, field by field, and as stored values. */
final class Trackers {
  private Trackers() {}

  static Tracker toMessage(StoredTracker tracker) {
    return parse(tracker.content()).toBuilder().setId(Long.toString(tracker.id())).build();
  }

  /** The message of a tracker that has no id yet. */
  static Tracker toMessage(TrackerFields fields) {
    Tracker.Builder message =
        Tracker.newBuilder()
            .setName(fields.name())
            .addAllVocabulary(fields.vocabulary())
            .addAllCategories(fields.categories())
            .addAllLanguages(fields.languages())
            .addAllExcludeVocabulary(fields.excludeVocabulary());
    fields.description().ifPresent(message::setDescription);
    return message.build();
  }

  static List<Tracker> toMessages(List<StoredTracker> trackers) {
    return trackers.stream().map(Trackers::toMessage).toList();
  }

  /** What the owner decided; the id and the ignored fields are left out. */
  static TrackerFields toFields(Tracker message) {
    return new TrackerFields(
        message.getName(),
        message.getVocabularyList(),
        message.hasDescription() ? Optional.of(message.getDescription()) : Optional.empty(),
        message.getCategoriesList(),
        message.getLanguagesList(),
        message.getExcludeVocabularyList());
  }

  static TrackerFields toFields(TrackerContent stored) {
    return toFields(parse(stored));
  }

  /** The form that is stored: the message without its id. */
  static TrackerContent toContent(TrackerFields fields) {
    return new TrackerContent(fields.name(), toMessage(fields).toByteArray());
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

  private static Tracker parse(TrackerContent stored) {
    try {
      return Tracker.parseFrom(stored.message());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored tracker is no message", e);
    }
  }
}
