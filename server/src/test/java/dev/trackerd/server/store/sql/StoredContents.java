package dev.trackerd.server.store.sql;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.v1.Tracker;
import java.util.List;

/** Trackers as the service has the store keep them. */
public final class StoredContents {
  private StoredContents() {}

  public static TrackerContent of(String name, List<String> vocabulary) {
    return of(Tracker.newBuilder().setName(name).addAllVocabulary(vocabulary));
  }

  public static TrackerContent of(Tracker.Builder message) {
    return new TrackerContent(message.getName(), message.build().toByteArray());
  }

  public static Tracker message(StoredTracker tracker) {
    return message(tracker.content());
  }

  public static Tracker message(TrackerContent content) {
    try {
      return Tracker.parseFrom(content.message());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  public static List<String> vocabulary(StoredTracker tracker) {
    return message(tracker).getVocabularyList();
  }
}
