package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.Page;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredDatasetGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Dataset groups and datasets in tables. */
final class SqlDatasets {
  private final Transactions transactions;

  SqlDatasets(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Adds a dataset group, and returns it.
   *
   * @throws StoreException ALREADY_EXISTS if the account has a dataset group of that name
   */
  static StoredDatasetGroup create(Session session, AccountId account, StoredDatasetGroup group)
      throws SQLException {
    Object[] row = toInsert(account, nextPlace(session, account), group);
    if (session.update(DatasetSql.INSERT_GROUP, row) == 0) {
      throw new StoreException(Reason.ALREADY_EXISTS, Thing.DATASET_GROUP, group.content().name());
    }
    return group;
  }

  StoredDatasetGroup get(AccountId account, String name) {
    return transactions.read(session -> require(session, account, name));
  }

  Page<StoredDatasetGroup> list(AccountId account, long after, int limit) {
    return transactions.read(
        session ->
            session.query(
                DatasetSql.LIST_GROUPS,
                rows -> Pages.read(rows, SqlDatasets::group, limit),
                account.value(),
                after,
                Pages.rowsFor(limit)));
  }

  StoredDataset getDataset(AccountId account, String group, String type) {
    return transactions.read(
        session ->
            session
                .first(DatasetSql.GET, SqlDatasets::dataset, account.value(), group, type)
                .orElseThrow(
                    () -> new StoreException(Reason.NOT_FOUND, Thing.DATASET, group + "/" + type)));
  }

  Page<StoredDataset> listDatasets(AccountId account, long after, int limit) {
    return transactions.read(
        session ->
            session.query(
                DatasetSql.LIST,
                rows -> Pages.read(rows, SqlDatasets::dataset, limit),
                account.value(),
                after,
                Pages.rowsFor(limit)));
  }

  Page<StoredDataset> listDatasetsOf(AccountId account, String group, long after, int limit) {
    return transactions.read(
        session ->
            session.query(
                DatasetSql.LIST_IN_GROUP,
                rows -> Pages.read(rows, SqlDatasets::dataset, limit),
                account.value(),
                group,
                after,
                Pages.rowsFor(limit)));
  }

  /**
   * Returns a dataset group.
   *
   * @throws StoreException NOT_FOUND if the account has no dataset group of that name
   */
  static StoredDatasetGroup require(Session session, AccountId account, String name)
      throws SQLException {
    return session
        .first(DatasetSql.GET_GROUP, SqlDatasets::group, account.value(), name)
        .orElseThrow(() -> new StoreException(Reason.NOT_FOUND, Thing.DATASET_GROUP, name));
  }

  /** Makes the event-interactions dataset of a dataset group, unless it has one. */
  static void ensureEventInteractions(Session session, AccountId account, String group, Instant now)
      throws SQLException {
    session.update(
        DatasetSql.INSERT,
        account.value(),
        group,
        StoredDataset.EVENT_INTERACTIONS,
        nextPlace(session, account),
        now.toEpochMilli());
  }

  /** Deletes a dataset group with its datasets; returns how many groups that were. */
  static int delete(Session session, AccountId account, String name) throws SQLException {
    session.update(DatasetSql.DELETE_IN_GROUP, account.value(), name);
    return session.update(DatasetSql.DELETE_GROUP, account.value(), name);
  }

  /**
   * The next place in the lists of an account. Who else draws one waits until the transaction ends.
   */
  static long nextPlace(Session session, AccountId account) throws SQLException {
    return session
        .first(DatasetSql.NEXT_PLACE, row -> row.getLong(1), account.value())
        .orElseThrow();
  }

  /** The parameters of an insert of a dataset group. */
  static Object[] toInsert(AccountId account, long place, StoredDatasetGroup group) {
    DatasetGroupContent content = group.content();
    return new Object[] {
      account.value(),
      content.name(),
      place,
      content.domain().orElse(null),
      content.roleArn().orElse(null),
      content.kmsKeyArn().orElse(null),
      TagRows.encode(content.tags()),
      group.createdAt().toEpochMilli()
    };
  }

  static StoredDatasetGroup group(ResultSet row) throws SQLException {
    return new StoredDatasetGroup(
        new DatasetGroupContent(
            row.getString(1),
            Optional.ofNullable(row.getString(2)),
            Optional.ofNullable(row.getString(3)),
            Optional.ofNullable(row.getString(4)),
            TagRows.decode(row.getString(5))),
        Instant.ofEpochMilli(row.getLong(6)));
  }

  static StoredDataset dataset(ResultSet row) throws SQLException {
    return new StoredDataset(
        row.getString(1),
        row.getString(2),
        TagRows.decode(row.getString(3)),
        Instant.ofEpochMilli(row.getLong(4)));
  }
}
