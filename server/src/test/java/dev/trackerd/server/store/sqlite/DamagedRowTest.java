package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static dev.trackerd.server.store.sql.StoreContract.ANNA;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static dev.trackerd.server.store.sql.StoreContract.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.StoreConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that is not the one that was written is never handed out. */
class DamagedRowTest {
  @TempDir Path directory;

  @Test
  void get_refusesAMessageThatWasChanged() throws SQLException {
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited())) {
      TrackerStore store = stores.trackers();
      StoredTracker sound = store.create(ANNA, named("sound"));
      StoredTracker damaged = store.create(ANNA, named("damaged"));
      damage(damaged.id());
      assertThatThrownBy(() -> store.get(ANNA, damaged.id()))
          .hasMessage("tracker " + damaged.id() + " is damaged: its checksum is wrong");
      assertRefused(UNAVAILABLE, () -> store.findByName(ANNA, "damaged"));
      assertRefused(UNAVAILABLE, () -> store.update(ANNA, damaged.id(), old -> old));
      assertRefused(UNAVAILABLE, () -> store.list(ANNA, 0, 10));
      assertThat(store.list(ANNA, 0, 1).trackers()).containsExactly(sound);
      store.delete(ANNA, damaged.id());
      assertThat(store.list(ANNA, 0, 10).trackers()).containsExactly(sound);
    }
  }

  private void damage(long id) throws SQLException {
    try (Session session = Sqlite.writer(directory.resolve("trackerd.db"))) {
      session.update(
          "UPDATE tracker SET message = CAST(replace(message, 'first', 'First') AS BLOB)"
              + " WHERE id = ?",
          id);
    }
  }
}
