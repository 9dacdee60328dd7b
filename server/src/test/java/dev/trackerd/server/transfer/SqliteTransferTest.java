package dev.trackerd.server.transfer;

import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteTransferTest extends TransferContract {
  @TempDir Path to;

  @Override
  Stores openTarget(StoreConfig config) {
    return SqliteStores.open(to, config);
  }
}
