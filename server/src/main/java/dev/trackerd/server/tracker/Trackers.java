package dev.trackerd.server.tracker;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.v1.Tracker;
import java.util.List;

/** Trackers as messages and as stored values. */
final class Trackers {
  private Trackers() {}

  static Tracker toMessage(StoredTracker tracker) {
    return parse(Tracker.newBuilder().setId(Long.toString(tracker.id())), tracker.content());
  }

  static Tracker withId(Tracker message, long id) {
    return message.toBuilder().setId(Long.toString(id)).build();
  }

  static List<Tracker> toMessages(List<StoredTracker> trackers) {
    return trackers.stream().map(Trackers::toMessage).toList();
  }

  /** The message of a stored tracker without its id. */
  static Tracker toMessage(TrackerContent stored) {
    return parse(Tracker.newBuilder(), stored);
  }

  /** A message as it was stored. */
  static Tracker parse(byte[] message) {
    return parse(Tracker.newBuilder(), new TrackerContent("", message));
  }

  /** The form that is stored of a message without id. */
  static TrackerContent toContent(Tracker message) {
    return new TrackerContent(message.getName(), message.toByteArray());
  }

  /** What the owner decides of a tracker in a request: nothing else of it is stored. */
  static Tracker owned(Tracker message) {
    return message.toBuilder()
        .clearId()
        .clearCreatedOn()
        .clearUpdatedOn()
        .setUnknownFields(UnknownFieldSet.getDefaultInstance())
        .build();
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

  private static Tracker parse(Tracker.Builder message, TrackerContent stored) {
    try {
      return message.mergeFrom(stored.message()).build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored tracker is no message", e);
    }
  }
}
