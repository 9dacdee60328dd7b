package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.EventTrackerStatus;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.KeptEventTracker;
import dev.trackerd.server.store.LifeCycle;
import dev.trackerd.server.store.LifeCycle.Deletion;
import dev.trackerd.server.store.Page;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredDatasetGroup;
import dev.trackerd.server.store.StoredEventTracker;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Event trackers in a table. Nothing runs in the background: a state follows from the times in its
 * row, and a row that is gone is removed by the next change in its dataset group.
 */
final class SqlEventTrackerStore implements EventTrackerStore {
  private final Transactions transactions;
  private final SqlIdempotencyStore keys;
  private final SqlDatasets datasets;
  private final Clock clock;
  private final RandomGenerator random;
  private final EventTrackerRules rules;

  SqlEventTrackerStore(Transactions transactions, SqlIdempotencyStore keys, StoreConfig config) {
    this.transactions = transactions;
    this.keys = keys;
    this.datasets = new SqlDatasets(transactions);
    this.clock = config.clock();
    this.random = config.random();
    this.rules = config.eventTrackers();
  }

  @Override
  public StoredDatasetGroup createDatasetGroup(
      AccountId account, DatasetGroupContent content, Idempotency<StoredDatasetGroup> idempotency) {
    StoredDatasetGroup group = new StoredDatasetGroup(content, now());
    return write(account, idempotency, session -> SqlDatasets.create(session, account, group));
  }

  @Override
  public StoredDatasetGroup getDatasetGroup(AccountId account, String name) {
    return datasets.get(account, name);
  }

  @Override
  public Page<StoredDatasetGroup> listDatasetGroups(AccountId account, long after, int limit) {
    return datasets.list(account, after, limit);
  }

  @Override
  public void deleteDatasetGroup(AccountId account, String name) {
    transactions.write(
        session -> {
          // As in create: whoever draws a place waits for the others of the account who did.
          SqlDatasets.nextPlace(session, account);
          SqlDatasets.require(session, account, name);
          purge(session, account, name, now());
          if (findIn(session, account, name).isPresent()) {
            throw new StoreException(Reason.IN_USE, Thing.DATASET_GROUP, name);
          }
          return SqlDatasets.delete(session, account, name);
        });
  }

  @Override
  public StoredDataset getDataset(AccountId account, String datasetGroup, String type) {
    return datasets.getDataset(account, datasetGroup, type);
  }

  @Override
  public Page<StoredDataset> listDatasets(
      AccountId account, Optional<String> datasetGroup, long after, int limit) {
    return datasetGroup.isPresent()
        ? datasets.listDatasetsOf(account, datasetGroup.get(), after, limit)
        : datasets.listDatasets(account, after, limit);
  }

  @Override
  public StoredEventTracker create(
      AccountId account, EventTrackerContent content, Idempotency<StoredEventTracker> idempotency) {
    String trackingId = UUID.randomUUID().toString();
    return write(
        account,
        idempotency,
        session -> {
          Instant now = now();
          String group = content.datasetGroup();
          purge(session, account, group, now);
          refuseSecond(session, account, group);
          // Whoever draws a place waits for the others of the account who did: nobody deletes the
          // group meanwhile.
          long place = SqlDatasets.nextPlace(session, account);
          SqlDatasets.require(session, account, group);
          SqlDatasets.ensureEventInteractions(session, account, group, now);
          LifeCycle life = LifeCycle.begin(now, rules.delay());
          KeptEventTracker draft = new KeptEventTracker("", content, trackingId, life);
          KeptEventTracker tracker = insert(session, account, place, draft);
          checkRoom(session, account);
          return tracker.at(now).orElseThrow();
        });
  }

  @Override
  public StoredEventTracker get(AccountId account, String id) {
    return transactions.read(session -> require(session, account, id, now()));
  }

  @Override
  public Page<StoredEventTracker> list(
      AccountId account, Optional<String> datasetGroup, long after, int limit) {
    Instant now = now();
    long rows = Pages.rowsFor(limit);
    String owner = account.value();
    Object[] all = {owner, after, now.toEpochMilli(), rows};
    Object[] one = {owner, datasetGroup.orElse(null), after, now.toEpochMilli(), rows};
    return transactions.read(
        session ->
            session.query(
                datasetGroup.isPresent() ? EventTrackerSql.LIST_IN_GROUP : EventTrackerSql.LIST,
                result ->
                    Pages.read(
                        result, row -> EventTrackerRows.read(row).at(now).orElseThrow(), limit),
                datasetGroup.isPresent() ? one : all));
  }

  @Override
  public void delete(AccountId account, String id) {
    transactions.write(
        session -> {
          Instant now = now();
          StoredEventTracker tracker = require(session, account, id, now);
          Deletion deletion = Deletion.begin(now, rules.delay());
          if (!mayBeDeleted(tracker.status())
              || session.update(
                      EventTrackerSql.DELETE, EventTrackerRows.toDelete(account, id, deletion))
                  == 0) {
            // Another process may have been first, and the end of it come at once.
            require(session, account, id, now);
            throw new StoreException(Reason.IN_USE, Thing.EVENT_TRACKER, id);
          }
          return purge(session, account, tracker.content().datasetGroup(), now);
        });
  }

  private <T> T write(AccountId account, Idempotency<T> idempotency, Work<T> work) {
    Work<T> once = keys.once(account, idempotency, work);
    return keys.claim(account, idempotency, () -> transactions.write(once));
  }

  private static boolean mayBeDeleted(EventTrackerStatus status) {
    return switch (status) {
      case ACTIVE, CREATE_FAILED -> true;
      case CREATE_PENDING, CREATE_IN_PROGRESS, DELETE_PENDING, DELETE_IN_PROGRESS -> false;
    };
  }

  private KeptEventTracker insert(
      Session session, AccountId account, long place, KeptEventTracker tracker)
      throws SQLException {
    Object[] row = EventTrackerRows.toInsert(account, tracker);
    row[EventTrackerRows.PLACE] = place;
    String group = tracker.content().datasetGroup();
    while (true) {
      String id = HexFormat.of().toHexDigits(random.nextInt());
      row[EventTrackerRows.ID] = id;
      if (session.update(EventTrackerSql.INSERT, row) == 1) {
        return new KeptEventTracker(id, tracker.content(), tracker.trackingId(), tracker.life());
      }
      refuseSecond(session, account, group);
      // Then it was the id.
    }
  }

  private static void refuseSecond(Session session, AccountId account, String group)
      throws SQLException {
    Optional<String> first = findIn(session, account, group);
    if (first.isPresent()) {
      throw new StoreException(Reason.ALREADY_EXISTS, Thing.EVENT_TRACKER, first.get());
    }
  }

  private static Optional<String> findIn(Session session, AccountId account, String group)
      throws SQLException {
    return session.first(
        EventTrackerSql.FIND_IN_GROUP, found -> found.getString(1), account.value(), group);
  }

  /** Counted with the new one, which is undone if it is one too many. */
  private void checkRoom(Session session, AccountId account) throws SQLException {
    if (rules.maxPerAccount() == 0) {
      return;
    }
    long present =
        session.first(EventTrackerSql.COUNT, row -> row.getLong(1), account.value()).orElseThrow();
    if (present > rules.maxPerAccount()) {
      throw StoreException.limit(Thing.EVENT_TRACKER, rules.maxPerAccount());
    }
  }

  private static StoredEventTracker require(
      Session session, AccountId account, String id, Instant now) throws SQLException {
    return session
        .first(EventTrackerSql.GET, EventTrackerRows::read, account.value(), id)
        .flatMap(tracker -> tracker.at(now))
        .orElseThrow(() -> new StoreException(Reason.NOT_FOUND, Thing.EVENT_TRACKER, id));
  }

  private static int purge(Session session, AccountId account, String group, Instant now)
      throws SQLException {
    return session.update(EventTrackerSql.PURGE, account.value(), group, now.toEpochMilli());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
