package dev.trackerd.server.store.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract kits on SQLite. */
class SqliteContractTest {
  @TempDir Path directory;

  @Nested
  class Trackers extends TrackerStoreContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class Texts extends TrackerTextsContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class Pages extends TrackerPagesContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class Races extends TrackerRacesContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class Ids extends TrackerIdsContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class EventTrackers extends EventTrackerStoreContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class EventTrackerLife extends EventTrackerLifeContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class EventTrackerPages extends EventTrackerPagesContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class EventTrackerRaces extends EventTrackerRacesContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class Credentials extends CredentialStoreContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }
  }

  @Nested
  class Life extends StoreLifeContract {
    @Override
    StoreConfig config() {
      return StoreConfig.of(directory);
    }

    @Override
    Connection connect() throws SQLException {
      return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("trackerd.db"));
    }
  }
}
