package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoreContents;
import dev.trackerd.server.store.StoreEntry;
import dev.trackerd.server.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that the tables hold. */
final class SqlStoreContents implements StoreContents {
  /** What no engine lets happen, and a damaged index or a careless hand does. */
  private static final String ORPHANS =
      """
      SELECT 'dataset of account ' || account_id || ': no group ' || dataset_group
      FROM dataset
      WHERE NOT EXISTS (SELECT 1 FROM dataset_group
                        WHERE dataset_group.account_id = dataset.account_id
                          AND dataset_group.name = dataset.dataset_group)
      UNION ALL
      SELECT 'event tracker of account ' || account_id || ': no group ' || dataset_group
      FROM event_tracker
      WHERE NOT EXISTS (SELECT 1 FROM dataset_group
                        WHERE dataset_group.account_id = event_tracker.account_id
                          AND dataset_group.name = event_tracker.dataset_group)
      LIMIT 100
      """;

  private final Transactions transactions;

  SqlStoreContents(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void read(Scope scope, Reader reader) {
    transactions.snapshot(
        session -> {
          StoreRows.read(session, scope, reader);
          return scope;
        });
  }

  @Override
  public List<Addition> add(List<StoreEntry> entries) {
    return transactions.write(session -> StoreRows.add(session, entries));
  }

  @Override
  public Optional<byte[]> masterKeyProof() {
    return transactions.read(session -> session.first(CredentialSql.PROOF, row -> row.getBytes(1)));
  }

  @Override
  public List<String> faults() {
    List<String> faults = new ArrayList<>(transactions.read(transactions::faults));
    try {
      faults.addAll(
          transactions.snapshot(session -> session.all(ORPHANS, row -> row.getString(1))));
    } catch (StoreException e) {
      if (faults.isEmpty()) {
        throw e;
      }
      // The engine has told why.
    }
    return List.copyOf(faults);
  }
}
