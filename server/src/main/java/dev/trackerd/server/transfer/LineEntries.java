package dev.trackerd.server.transfer;

import static dev.trackerd.server.transfer.TransferException.member;

import com.google.protobuf.Timestamp;
import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.StoreEntry;
import dev.trackerd.server.store.StoreEntry.KeyEntry;
import dev.trackerd.server.store.StoreEntry.Marks;
import dev.trackerd.server.store.StoreEntry.TrackerEntry;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.tracker.TrackerChecks;
import dev.trackerd.v1.ExportLine;
import dev.trackerd.v1.ExportedKey;
import dev.trackerd.v1.ExportedMarks;
import dev.trackerd.v1.ExportedTracker;
import dev.trackerd.v1.Tracker;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Lines of an export as entries, which keep to what the services ask of requests. */
final class LineEntries {
  private static final Pattern TRACKER_ID = Pattern.compile("[1-9][0-9]{15}");

  /** Leaves room: ids, versions and places count on from the greatest that there is. */
  private static final long TRACKER_ID_END = (1L << 53) - (1L << 40);

  private static final long COUNT_END = 1L << 53;
  private static final int MAX_SEALED_BYTES = 1024;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private LineEntries() {}

  /**
   * Returns the entry of a line that has one.
   *
   * @throws TransferException if a member is not as expected; names it
   */
  static StoreEntry of(ExportLine line) {
    AccountId account = account(line);
    try {
      return switch (line.getThingCase()) {
        case MARKS -> marks(account, line.getMarks());
        case DATASET_GROUP -> EventLineEntries.of(account, line.getDatasetGroup());
        case DATASET -> EventLineEntries.of(account, line.getDataset());
        case EVENT_TRACKER -> EventLineEntries.of(account, line.getEventTracker());
        case TRACKER -> tracker(account, line.getTracker());
        case KEY -> key(account, line.getKey());
        case END, THING_NOT_SET ->
            throw new TransferException("expected: one thing of the account");
      };
    } catch (RequestException e) {
      throw new TransferException(e.getMessage(), e);
    }
  }

  private static AccountId account(ExportLine line) {
    try {
      return new AccountId(line.getAccount());
    } catch (IllegalArgumentException e) {
      throw member("account", "12 decimal digits");
    }
  }

  private static Marks marks(AccountId account, ExportedMarks marks) {
    if (marks.hasPlace()) {
      atLeastOne("marks.place", marks.getPlace());
    }
    return new Marks(
        account,
        marks.hasTrackerId()
            ? OptionalLong.of(trackerId("marks.trackerId", marks.getTrackerId()))
            : OptionalLong.empty(),
        marks.hasPlace() ? OptionalLong.of(marks.getPlace()) : OptionalLong.empty());
  }

  private static TrackerEntry tracker(AccountId account, ExportedTracker line) {
    Tracker message = line.getTracker();
    long id = trackerId("tracker.tracker.id", message.getId());
    atLeastOne("tracker.version", line.getVersion());
    Tracker kept = TrackerChecks.checkOwned("tracker.tracker", message);
    return new TrackerEntry(
        account,
        new StoredTracker(
            id, line.getVersion(), new TrackerContent(kept.getName(), kept.toByteArray())));
  }

  private static KeyEntry key(AccountId account, ExportedKey key) {
    if (!NewApiKey.isId(key.getId())) {
      throw member("key.id", "1 to 128 printable ASCII characters other than space / : ,");
    }
    int sealed = key.getSealedSecret().size();
    if (sealed == 0 || sealed > MAX_SEALED_BYTES) {
      throw member("key.sealedSecret", "1 to " + MAX_SEALED_BYTES + " bytes in base64");
    }
    return new KeyEntry(
        new ApiKey(
            key.getId(),
            account,
            key.getSealedSecret().toByteArray(),
            time("key.createdAt", key.hasCreatedAt(), key.getCreatedAt()),
            key.hasRevokedAt()
                ? Optional.of(time("key.revokedAt", true, key.getRevokedAt()))
                : Optional.empty()));
  }

  private static long trackerId(String path, String text) {
    if (!TRACKER_ID.matcher(text).matches() || Long.parseLong(text) >= TRACKER_ID_END) {
      throw member(path, "16 decimal digits, below 2^53 - 2^40");
    }
    return Long.parseLong(text);
  }

  static long atLeastOne(String path, long number) {
    if (number < 1) {
      throw member(path, "1 or more");
    }
    if (number >= COUNT_END) {
      throw member(path, "below 2^53");
    }
    return number;
  }

  static Instant time(String path, boolean given, Timestamp at) {
    if (!given || at.getNanos() % NANOS_PER_MILLI != 0) {
      throw member(path, "a time such as 2026-01-31T12:00:00.123Z, to the millisecond");
    }
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }
}
