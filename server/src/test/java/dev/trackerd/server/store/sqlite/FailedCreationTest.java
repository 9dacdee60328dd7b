package dev.trackerd.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.EventTrackerStatus;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.StoredEventTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one state that nothing here leads to. */
class FailedCreationTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");

  @TempDir Path directory;

  @Test
  void delete_takesWhatCouldNotBeMade() throws Exception {
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited())) {
      EventTrackerStore store = stores.eventTrackers();
      store.createDatasetGroup(ACCOUNT, DatasetGroupContent.named("g"));
      StoredEventTracker made = store.create(ACCOUNT, new EventTrackerContent("t", "g", List.of()));
      fail(made.id());
      StoredEventTracker failed = store.get(ACCOUNT, made.id());
      assertThat(failed.status()).isEqualTo(EventTrackerStatus.CREATE_FAILED);
      assertThat(failed.updatedAt()).isEqualTo(made.createdAt());
      store.delete(ACCOUNT, made.id());
      assertThat(store.list(ACCOUNT, Optional.empty(), 0, 10).items()).isEmpty();
    }
  }

  private void fail(String id) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("trackerd.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE event_tracker SET create_failed = 1 WHERE id = '" + id + "'");
    }
  }
}
