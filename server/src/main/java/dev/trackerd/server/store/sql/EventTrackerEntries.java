package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.KeptEventTracker;
import dev.trackerd.server.store.LifeCycle;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreEntry.EventTrackerEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** All event trackers of an account, those too that are gone but still there. */
final class EventTrackerEntries implements PlacedEntries.Columns<EventTrackerEntry> {
  private static final String LIST =
      """
      SELECT id, name, dataset_group, tags, tracking_id, created_at, create_in_progress_at,
             create_ended_at, create_failed, delete_at, delete_in_progress_at, gone_at, place
      FROM event_tracker
      WHERE account_id = ? AND place > ?
      ORDER BY place
      LIMIT ?
      """;

  private static final String INSERT =
      """
      INSERT INTO event_tracker (account_id, id, place, dataset_group, name, tracking_id, tags,
                                 created_at, create_in_progress_at, create_ended_at,
                                 create_failed, delete_at, delete_in_progress_at, gone_at)
      SELECT account_id, ?, ?, name, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
      FROM dataset_group
      WHERE account_id = ? AND name = ?
      ON CONFLICT DO NOTHING
      """;

  @Override
  public Class<EventTrackerEntry> kind() {
    return EventTrackerEntry.class;
  }

  @Override
  public String noun() {
    return "event tracker";
  }

  @Override
  public String list() {
    return LIST;
  }

  @Override
  public EventTrackerEntry read(AccountId account, ResultSet row) throws SQLException {
    return new EventTrackerEntry(account, row.getLong("place"), EventTrackerRows.read(row));
  }

  @Override
  public boolean insert(Session session, EventTrackerEntry entry) throws SQLException {
    KeptEventTracker tracker = entry.tracker();
    LifeCycle life = tracker.life();
    return session.update(
            INSERT,
            tracker.id(),
            entry.place(),
            tracker.content().name(),
            tracker.trackingId(),
            TagRows.encode(tracker.content().tags()),
            life.createdAt().toEpochMilli(),
            life.inProgressAt().toEpochMilli(),
            life.endedAt().toEpochMilli(),
            life.failed() ? 1 : 0,
            time(life, LifeCycle.Deletion::askedAt),
            time(life, LifeCycle.Deletion::inProgressAt),
            time(life, LifeCycle.Deletion::goneAt),
            entry.account().value(),
            tracker.content().datasetGroup())
        == 1;
  }

  private static Long time(LifeCycle life, Function<LifeCycle.Deletion, Instant> time) {
    return life.deletion().map(time).map(Instant::toEpochMilli).orElse(null);
  }

  @Override
  public Optional<Addition> obstacle(Session session, EventTrackerEntry entry) throws SQLException {
    String owner = entry.account().value();
    Optional<EventTrackerEntry> there =
        session.first(
            EventTrackerSql.GET, row -> read(entry.account(), row), owner, entry.tracker().id());
    if (there.isPresent()) {
      return there.map(same -> EntryTable.compare(same, entry));
    }
    String group = entry.tracker().content().datasetGroup();
    return session.first(EventTrackerSql.FIND_IN_GROUP, row -> true, owner, group).isPresent()
        ? Optional.of(Addition.NAME_TAKEN)
        : DatasetGroupEntries.missing(session, owner, group);
  }
}
