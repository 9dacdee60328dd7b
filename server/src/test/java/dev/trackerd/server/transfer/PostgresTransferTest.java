package dev.trackerd.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.postgres.PostgresStores;
import dev.trackerd.server.store.postgres.StoreUrl;
import dev.trackerd.server.store.postgres.TestPostgres;
import dev.trackerd.server.store.sql.StoreConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresTransferTest extends TransferContract {
  private final String url = TestPostgres.shared().newSchema();

  @Override
  Stores openTarget(StoreConfig config) {
    return PostgresStores.open(StoreUrl.parse(url), config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE tracker DROP CONSTRAINT tracker_account_id_name_key"
            + " | table tracker: a primary key, unique or foreign key constraint is missing",
        "ALTER TABLE dataset DROP CONSTRAINT dataset_account_id_dataset_group_fkey,"
            + " ADD CONSTRAINT late FOREIGN KEY (account_id, dataset_group)"
            + " REFERENCES dataset_group (account_id, name) NOT VALID"
            + " | constraint late: not validated",
        "UPDATE tracker SET checksum = 1 WHERE version = 3"
            + " | account 111111111111: tracker \\d{16}: its checksum is wrong",
      })
  void check_findsTheFault(String damage, String fault) throws SQLException {
    StoreConfig config = StoreConfig.unlimited();
    try (Stores stores = openTarget(config)) {
      new TransferSamples().fill(stores);
      List<String> faults = check(stores);
      assertThat(faults).isEmpty();
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute(damage);
      }
      faults = check(stores);
      assertThat(faults).hasSize(1).first().asString().matches(fault);
    }
  }

  private static List<String> check(Stores stores) {
    List<String> faults = new ArrayList<>();
    StoreCheck.run(stores.contents(), faults::add, key -> Optional.empty(), TransferProgress.NONE);
    return faults;
  }
}
