package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreEntry.DatasetEntry;
import dev.trackerd.server.store.StoredDataset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** All datasets of an account. */
final class DatasetEntries implements PlacedEntries.Columns<DatasetEntry> {
  private static final String INSERT =
      """
      INSERT INTO dataset (account_id, dataset_group, type, place, tags, created_at)
      SELECT account_id, name, ?, ?, ?, ?
      FROM dataset_group
      WHERE account_id = ? AND name = ?
      ON CONFLICT DO NOTHING
      """;

  @Override
  public Class<DatasetEntry> kind() {
    return DatasetEntry.class;
  }

  @Override
  public String noun() {
    return "dataset";
  }

  @Override
  public String list() {
    return DatasetSql.LIST;
  }

  @Override
  public DatasetEntry read(AccountId account, ResultSet row) throws SQLException {
    return new DatasetEntry(account, row.getLong("place"), SqlDatasets.dataset(row));
  }

  @Override
  public boolean insert(Session session, DatasetEntry entry) throws SQLException {
    StoredDataset dataset = entry.dataset();
    return session.update(
            INSERT,
            dataset.type(),
            entry.place(),
            TagRows.encode(dataset.tags()),
            dataset.createdAt().toEpochMilli(),
            entry.account().value(),
            dataset.datasetGroup())
        == 1;
  }

  @Override
  public Optional<Addition> obstacle(Session session, DatasetEntry entry) throws SQLException {
    StoredDataset dataset = entry.dataset();
    String owner = entry.account().value();
    Optional<DatasetEntry> there =
        session.first(
            DatasetSql.GET,
            row -> read(entry.account(), row),
            owner,
            dataset.datasetGroup(),
            dataset.type());
    return there.isPresent()
        ? there.map(same -> EntryTable.compare(same, entry))
        : DatasetGroupEntries.missing(session, owner, dataset.datasetGroup());
  }
}
