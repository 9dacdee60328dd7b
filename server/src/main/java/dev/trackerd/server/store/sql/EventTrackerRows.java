package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.KeptEventTracker;
import dev.trackerd.server.store.LifeCycle;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Event trackers from and to the columns of {@link EventTrackerSql}, by position. */
final class EventTrackerRows {
  /** The id among the parameters of an insert. */
  static final int ID = 1;

  /** The place among the parameters of an insert. */
  static final int PLACE = 2;

  private EventTrackerRows() {}

  static KeptEventTracker read(ResultSet row) throws SQLException {
    return new KeptEventTracker(
        row.getString(1),
        new EventTrackerContent(
            row.getString(2), row.getString(3), TagRows.decode(row.getString(4))),
        row.getString(5),
        life(row));
  }

  /** All but the id and the place, which are filled in where they are drawn. */
  static Object[] toInsert(AccountId account, KeptEventTracker tracker) {
    EventTrackerContent content = tracker.content();
    LifeCycle life = tracker.life();
    return new Object[] {
      account.value(),
      null,
      null,
      content.datasetGroup(),
      content.name(),
      tracker.trackingId(),
      TagRows.encode(content.tags()),
      life.createdAt().toEpochMilli(),
      life.inProgressAt().toEpochMilli(),
      life.endedAt().toEpochMilli()
    };
  }

  static Object[] toDelete(AccountId account, String id, LifeCycle.Deletion deletion) {
    return new Object[] {
      deletion.askedAt().toEpochMilli(),
      deletion.inProgressAt().toEpochMilli(),
      deletion.goneAt().toEpochMilli(),
      account.value(),
      id
    };
  }

  private static LifeCycle life(ResultSet row) throws SQLException {
    return new LifeCycle(
        instant(row, 6), instant(row, 7), instant(row, 8), row.getInt(9) != 0, deletion(row));
  }

  private static Optional<LifeCycle.Deletion> deletion(ResultSet row) throws SQLException {
    return row.getObject(10) == null
        ? Optional.empty()
        : Optional.of(new LifeCycle.Deletion(instant(row, 10), instant(row, 11), instant(row, 12)));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
