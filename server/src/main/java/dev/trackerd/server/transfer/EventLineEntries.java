package dev.trackerd.server.transfer;

import static dev.trackerd.server.transfer.LineEntries.atLeastOne;
import static dev.trackerd.server.transfer.LineEntries.time;
import static dev.trackerd.server.transfer.TransferException.member;

import dev.trackerd.server.event.EventTrackerChecks;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.KeptEventTracker;
import dev.trackerd.server.store.LifeCycle;
import dev.trackerd.server.store.StoreEntry.DatasetEntry;
import dev.trackerd.server.store.StoreEntry.DatasetGroupEntry;
import dev.trackerd.server.store.StoreEntry.EventTrackerEntry;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredDatasetGroup;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.ExportedDataset;
import dev.trackerd.v1.ExportedDatasetGroup;
import dev.trackerd.v1.ExportedDeletion;
import dev.trackerd.v1.ExportedEventTracker;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lines about dataset groups and what belongs to them, as entries. */
final class EventLineEntries {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}");
  private static final Pattern TRACKING_ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private EventLineEntries() {}

  static DatasetGroupEntry of(AccountId account, ExportedDatasetGroup line) {
    CreateDatasetGroupRequest.Builder request =
        CreateDatasetGroupRequest.newBuilder()
            .setName(line.getName())
            .addAllTags(line.getTagsList());
    if (line.hasDomain()) {
      request.setDomain(line.getDomain());
    }
    if (line.hasRoleArn()) {
      request.setRoleArn(line.getRoleArn());
    }
    if (line.hasKmsKeyArn()) {
      request.setKmsKeyArn(line.getKmsKeyArn());
    }
    return new DatasetGroupEntry(
        account,
        atLeastOne("datasetGroup.place", line.getPlace()),
        new StoredDatasetGroup(
            EventTrackerChecks.check(request.build()),
            time("datasetGroup.createdAt", line.hasCreatedAt(), line.getCreatedAt())));
  }

  static DatasetEntry of(AccountId account, ExportedDataset line) {
    groupName("dataset.datasetGroup", line.getDatasetGroup());
    if (!line.getType().equals(StoredDataset.EVENT_INTERACTIONS)) {
      throw member("dataset.type", StoredDataset.EVENT_INTERACTIONS);
    }
    return new DatasetEntry(
        account,
        atLeastOne("dataset.place", line.getPlace()),
        new StoredDataset(
            line.getDatasetGroup(),
            line.getType(),
            EventTrackerChecks.check(line.getTagsList()),
            time("dataset.createdAt", line.hasCreatedAt(), line.getCreatedAt())));
  }

  static EventTrackerEntry of(AccountId account, ExportedEventTracker line) {
    if (!ID.matcher(line.getId()).matches()) {
      throw member("eventTracker.id", "8 lower-case hexadecimal digits");
    }
    if (!TRACKING_ID.matcher(line.getTrackingId()).matches()) {
      throw member("eventTracker.trackingId", "a UUID in lower case, with hyphens");
    }
    long place = atLeastOne("eventTracker.place", line.getPlace());
    return new EventTrackerEntry(
        account,
        place,
        new KeptEventTracker(line.getId(), content(line), line.getTrackingId(), life(line)));
  }

  private static EventTrackerContent content(ExportedEventTracker line) {
    groupName("eventTracker.datasetGroup", line.getDatasetGroup());
    CreateEventTrackerRequest request =
        CreateEventTrackerRequest.newBuilder()
            .setName(line.getName())
            // What the check asks for; the group was checked as a name.
            .setDatasetGroupArn("arn:aws:personalize:::dataset-group/" + line.getDatasetGroup())
            .addAllTags(line.getTagsList())
            .build();
    return new EventTrackerContent(
        line.getName(), line.getDatasetGroup(), EventTrackerChecks.check(request));
  }

  private static LifeCycle life(ExportedEventTracker line) {
    Instant created = time("eventTracker.createdAt", line.hasCreatedAt(), line.getCreatedAt());
    Instant begun =
        time(
            "eventTracker.createInProgressAt",
            line.hasCreateInProgressAt(),
            line.getCreateInProgressAt());
    Instant ended =
        time("eventTracker.createEndedAt", line.hasCreateEndedAt(), line.getCreateEndedAt());
    ordered("eventTracker.createInProgressAt", created, begun);
    ordered("eventTracker.createEndedAt", begun, ended);
    return new LifeCycle(
        created,
        begun,
        ended,
        line.getCreateFailed(),
        line.hasDeletion() ? Optional.of(deletion(line.getDeletion())) : Optional.empty());
  }

  private static LifeCycle.Deletion deletion(ExportedDeletion line) {
    String path = "eventTracker.deletion.";
    Instant asked = time(path + "askedAt", line.hasAskedAt(), line.getAskedAt());
    Instant begun = time(path + "inProgressAt", line.hasInProgressAt(), line.getInProgressAt());
    Instant gone = time(path + "goneAt", line.hasGoneAt(), line.getGoneAt());
    ordered(path + "inProgressAt", asked, begun);
    ordered(path + "goneAt", begun, gone);
    return new LifeCycle.Deletion(asked, begun, gone);
  }

  private static void ordered(String path, Instant earlier, Instant later) {
    if (later.isBefore(earlier)) {
      throw member(path, "not before the time that stands before it");
    }
  }

  private static void groupName(String path, String name) {
    if (!EventTrackerChecks.isName(name)) {
      throw member(path, "the name of a dataset group");
    }
  }
}
