package dev.trackerd.server.tracker;

import dev.trackerd.v1.Tracker;
import java.util.EnumMap;
import java.util.Map;

/**
 * A tracker while a patch changes it. A list that no operation is about stays the very list that is
 * stored. Not thread-safe; lives for one patch.
 */
final class PatchDraft {
  private final Tracker stored;
  private final Tracker.Builder texts;
  private final Map<ListField, DraftList> lists = new EnumMap<>(ListField.class);

  PatchDraft(Tracker stored) {
    this.stored = stored;
    this.texts = stored.toBuilder();
  }

  /** The name and the description, to be changed in place. */
  Tracker.Builder texts() {
    return texts;
  }

  /** One of the lists, to be changed in place. */
  DraftList list(ListField field) {
    return lists.computeIfAbsent(field, f -> new DraftList(f.of(stored)));
  }

  Tracker toTracker() {
    lists.forEach((field, list) -> field.set(texts, list.toList()));
    return texts.build();
  }
}
