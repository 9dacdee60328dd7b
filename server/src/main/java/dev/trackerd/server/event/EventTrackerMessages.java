package dev.trackerd.server.event;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.EventTrackerStatus;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredDatasetGroup;
import dev.trackerd.server.store.StoredEventTracker;
import dev.trackerd.v1.DatasetGroupSummary;
import dev.trackerd.v1.DatasetSummary;
import dev.trackerd.v1.EventTrackerSummary;
import java.time.Instant;

/**
 * Event trackers, dataset groups and datasets of one account, from stored values to messages.
 *
 * @param account the owner
 */
record EventTrackerMessages(Arns arns, AccountId account) {
  private static final String ACTIVE = "ACTIVE";

  dev.trackerd.v1.EventTracker toMessage(StoredEventTracker tracker) {
    EventTrackerContent content = tracker.content();
    return dev.trackerd.v1.EventTracker.newBuilder()
        .setName(content.name())
        .setEventTrackerArn(arns.eventTracker(account, tracker.id()))
        .setAccountId(account.value())
        .setTrackingId(tracker.trackingId())
        .setDatasetGroupArn(arns.datasetGroup(account, content.datasetGroup()))
        .setStatus(text(tracker.status()))
        .setCreationDateTime(seconds(tracker.createdAt()))
        .setLastUpdatedDateTime(seconds(tracker.updatedAt()))
        .build();
  }

  EventTrackerSummary toSummary(StoredEventTracker tracker) {
    return EventTrackerSummary.newBuilder()
        .setName(tracker.content().name())
        .setEventTrackerArn(arns.eventTracker(account, tracker.id()))
        .setStatus(text(tracker.status()))
        .setCreationDateTime(seconds(tracker.createdAt()))
        .setLastUpdatedDateTime(seconds(tracker.updatedAt()))
        .build();
  }

  dev.trackerd.v1.DatasetGroup toMessage(StoredDatasetGroup group) {
    DatasetGroupContent content = group.content();
    dev.trackerd.v1.DatasetGroup.Builder message =
        dev.trackerd.v1.DatasetGroup.newBuilder()
            .setName(content.name())
            .setDatasetGroupArn(arns.datasetGroup(account, content.name()))
            .setStatus(ACTIVE)
            .setCreationDateTime(seconds(group.createdAt()))
            .setLastUpdatedDateTime(seconds(group.createdAt()));
    content.domain().ifPresent(message::setDomain);
    content.roleArn().ifPresent(message::setRoleArn);
    content.kmsKeyArn().ifPresent(message::setKmsKeyArn);
    return message.build();
  }

  DatasetGroupSummary toSummary(StoredDatasetGroup group) {
    DatasetGroupContent content = group.content();
    DatasetGroupSummary.Builder message =
        DatasetGroupSummary.newBuilder()
            .setName(content.name())
            .setDatasetGroupArn(arns.datasetGroup(account, content.name()))
            .setStatus(ACTIVE)
            .setCreationDateTime(seconds(group.createdAt()))
            .setLastUpdatedDateTime(seconds(group.createdAt()));
    content.domain().ifPresent(message::setDomain);
    return message.build();
  }

  dev.trackerd.v1.Dataset toMessage(StoredDataset dataset) {
    return dev.trackerd.v1.Dataset.newBuilder()
        .setName(dataset.datasetGroup() + "/" + dataset.type())
        .setDatasetArn(arns.dataset(account, dataset.datasetGroup(), dataset.type()))
        .setDatasetGroupArn(arns.datasetGroup(account, dataset.datasetGroup()))
        .setDatasetType(dataset.type())
        .setStatus(ACTIVE)
        .setCreationDateTime(seconds(dataset.createdAt()))
        .setLastUpdatedDateTime(seconds(dataset.createdAt()))
        .build();
  }

  DatasetSummary toSummary(StoredDataset dataset) {
    return DatasetSummary.newBuilder()
        .setName(dataset.datasetGroup() + "/" + dataset.type())
        .setDatasetArn(arns.dataset(account, dataset.datasetGroup(), dataset.type()))
        .setDatasetType(dataset.type())
        .setStatus(ACTIVE)
        .setCreationDateTime(seconds(dataset.createdAt()))
        .setLastUpdatedDateTime(seconds(dataset.createdAt()))
        .build();
  }

  private static String text(EventTrackerStatus status) {
    return switch (status) {
      case CREATE_PENDING -> "CREATE PENDING";
      case CREATE_IN_PROGRESS -> "CREATE IN_PROGRESS";
      case ACTIVE -> ACTIVE;
      case CREATE_FAILED -> "CREATE FAILED";
      case DELETE_PENDING -> "DELETE PENDING";
      case DELETE_IN_PROGRESS -> "DELETE IN_PROGRESS";
    };
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }
}
