package dev.trackerd.server.transfer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.KeptEventTracker;
import dev.trackerd.server.store.LifeCycle;
import dev.trackerd.server.store.StoreEntry;
import dev.trackerd.server.store.StoreEntry.DatasetEntry;
import dev.trackerd.server.store.StoreEntry.DatasetGroupEntry;
import dev.trackerd.server.store.StoreEntry.EventTrackerEntry;
import dev.trackerd.server.store.StoreEntry.KeyEntry;
import dev.trackerd.server.store.StoreEntry.Marks;
import dev.trackerd.server.store.StoreEntry.TrackerEntry;
import dev.trackerd.server.store.StoredTag;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.v1.ExportLine;
import dev.trackerd.v1.ExportedDataset;
import dev.trackerd.v1.ExportedDatasetGroup;
import dev.trackerd.v1.ExportedDeletion;
import dev.trackerd.v1.ExportedEventTracker;
import dev.trackerd.v1.ExportedKey;
import dev.trackerd.v1.ExportedMarks;
import dev.trackerd.v1.ExportedTracker;
import dev.trackerd.v1.Tag;
import dev.trackerd.v1.Tracker;
import java.time.Instant;
import java.util.List;

/** Entries as lines of an export. */
final class EntryLines {
  private EntryLines() {}

  /**
   * Returns the line of an entry.
   *
   * @throws TransferException if its message is none that this program could write
   */
  static ExportLine of(StoreEntry entry) {
    ExportLine.Builder line = ExportLine.newBuilder().setAccount(entry.account().value());
    if (entry instanceof TrackerEntry tracker) {
      line.setTracker(tracker(tracker.tracker()));
    } else if (entry instanceof Marks marks) {
      line.setMarks(marks(marks));
    } else if (entry instanceof DatasetGroupEntry group) {
      line.setDatasetGroup(datasetGroup(group));
    } else if (entry instanceof DatasetEntry dataset) {
      line.setDataset(dataset(dataset));
    } else if (entry instanceof EventTrackerEntry tracker) {
      line.setEventTracker(eventTracker(tracker));
    } else if (entry instanceof KeyEntry key) {
      line.setKey(key(key.key()));
    }
    return line.build();
  }

  private static ExportedTracker tracker(StoredTracker tracker) {
    try {
      Tracker message = Tracker.parseFrom(tracker.content().message());
      if (!message.getUnknownFields().asMap().isEmpty()) {
        throw new TransferException(
            "tracker " + tracker.id() + ": it has fields that this trackerd does not know");
      }
      return ExportedTracker.newBuilder()
          .setVersion(tracker.version())
          .setTracker(message.toBuilder().setId(Long.toString(tracker.id())))
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new TransferException("tracker " + tracker.id() + ": it is no message", e);
    }
  }

  private static ExportedMarks marks(Marks marks) {
    ExportedMarks.Builder message = ExportedMarks.newBuilder();
    marks.trackerId().ifPresent(id -> message.setTrackerId(Long.toString(id)));
    marks.place().ifPresent(message::setPlace);
    return message.build();
  }

  private static ExportedDatasetGroup datasetGroup(DatasetGroupEntry entry) {
    DatasetGroupContent content = entry.group().content();
    ExportedDatasetGroup.Builder message =
        ExportedDatasetGroup.newBuilder()
            .setPlace(entry.place())
            .setName(content.name())
            .addAllTags(tags(content.tags()))
            .setCreatedAt(timestamp(entry.group().createdAt()));
    content.domain().ifPresent(message::setDomain);
    content.roleArn().ifPresent(message::setRoleArn);
    content.kmsKeyArn().ifPresent(message::setKmsKeyArn);
    return message.build();
  }

  private static ExportedDataset dataset(DatasetEntry entry) {
    return ExportedDataset.newBuilder()
        .setPlace(entry.place())
        .setDatasetGroup(entry.dataset().datasetGroup())
        .setType(entry.dataset().type())
        .addAllTags(tags(entry.dataset().tags()))
        .setCreatedAt(timestamp(entry.dataset().createdAt()))
        .build();
  }

  private static ExportedEventTracker eventTracker(EventTrackerEntry entry) {
    KeptEventTracker tracker = entry.tracker();
    LifeCycle life = tracker.life();
    ExportedEventTracker.Builder message =
        ExportedEventTracker.newBuilder()
            .setPlace(entry.place())
            .setId(tracker.id())
            .setName(tracker.content().name())
            .setDatasetGroup(tracker.content().datasetGroup())
            .setTrackingId(tracker.trackingId())
            .addAllTags(tags(tracker.content().tags()))
            .setCreatedAt(timestamp(life.createdAt()))
            .setCreateInProgressAt(timestamp(life.inProgressAt()))
            .setCreateEndedAt(timestamp(life.endedAt()))
            .setCreateFailed(life.failed());
    life.deletion().ifPresent(deletion -> message.setDeletion(deletion(deletion)));
    return message.build();
  }

  private static ExportedDeletion deletion(LifeCycle.Deletion deletion) {
    return ExportedDeletion.newBuilder()
        .setAskedAt(timestamp(deletion.askedAt()))
        .setInProgressAt(timestamp(deletion.inProgressAt()))
        .setGoneAt(timestamp(deletion.goneAt()))
        .build();
  }

  private static ExportedKey key(ApiKey key) {
    ExportedKey.Builder message =
        ExportedKey.newBuilder()
            .setId(key.id())
            .setSealedSecret(ByteString.copyFrom(key.sealedSecret()))
            .setCreatedAt(timestamp(key.createdAt()));
    key.revokedAt().ifPresent(at -> message.setRevokedAt(timestamp(at)));
    return message.build();
  }

  private static List<Tag> tags(List<StoredTag> tags) {
    return tags.stream()
        .map(tag -> Tag.newBuilder().setTagKey(tag.key()).setTagValue(tag.value()).build())
        .toList();
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
