package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreEntry.DatasetGroupEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** All dataset groups of an account. */
final class DatasetGroupEntries implements PlacedEntries.Columns<DatasetGroupEntry> {

  @Override
  public Class<DatasetGroupEntry> kind() {
    return DatasetGroupEntry.class;
  }

  @Override
  public String noun() {
    return "dataset group";
  }

  @Override
  public String list() {
    return DatasetSql.LIST_GROUPS;
  }

  @Override
  public DatasetGroupEntry read(AccountId account, ResultSet row) throws SQLException {
    return new DatasetGroupEntry(account, row.getLong("place"), SqlDatasets.group(row));
  }

  @Override
  public boolean insert(Session session, DatasetGroupEntry entry) throws SQLException {
    Object[] row = SqlDatasets.toInsert(entry.account(), entry.place(), entry.group());
    return session.update(DatasetSql.INSERT_GROUP, row) == 1;
  }

  @Override
  public Optional<Addition> obstacle(Session session, DatasetGroupEntry entry) throws SQLException {
    return session
        .first(
            DatasetSql.GET_GROUP,
            row -> read(entry.account(), row),
            entry.account().value(),
            entry.group().content().name())
        .map(there -> EntryTable.compare(there, entry));
  }

  /** NO_GROUP if the account has no dataset group of that name. */
  static Optional<Addition> missing(Session session, String owner, String name)
      throws SQLException {
    return session.first(DatasetSql.GET_GROUP, row -> true, owner, name).isPresent()
        ? Optional.empty()
        : Optional.of(Addition.NO_GROUP);
  }
}
