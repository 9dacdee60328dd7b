package dev.trackerd.server.transfer;

import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.postgres.PostgresStores;
import dev.trackerd.server.store.postgres.StoreUrl;
import dev.trackerd.server.store.postgres.TestPostgres;
import dev.trackerd.server.store.sql.StoreConfig;

class PostgresTransferTest extends TransferContract {
  private final String url = TestPostgres.shared().newSchema();

  @Override
  Stores openTarget(StoreConfig config) {
    return PostgresStores.open(StoreUrl.parse(url), config);
  }
}
