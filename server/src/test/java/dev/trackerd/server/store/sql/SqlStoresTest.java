package dev.trackerd.server.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Tracker;
import dev.trackerd.server.store.TrackerContent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlStoresTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");

  @TempDir Path directory;

  @Test
  void open_keepsWhatWasThere() {
    Tracker made;
    try (SqlStores stores = SqlStores.open(StoreConfig.of(directory))) {
      made = stores.trackers().create(ACCOUNT, TrackerContent.of("a", List.of("one", "two")));
    }
    try (SqlStores stores = SqlStores.open(StoreConfig.of(directory))) {
      assertThat(stores.trackers().get(ACCOUNT, made.id())).isEqualTo(made);
    }
  }

  @Test
  void check_throwsOnceClosed() {
    SqlStores stores = SqlStores.open(StoreConfig.of(directory));
    stores.check();
    stores.close();
    stores.close();
    assertThatThrownBy(stores::check)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE));
  }
}
