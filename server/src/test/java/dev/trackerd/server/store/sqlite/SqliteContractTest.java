package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.CredentialStoreContract;
import dev.trackerd.server.store.sql.DatasetGroupContract;
import dev.trackerd.server.store.sql.EventTrackerLifeContract;
import dev.trackerd.server.store.sql.EventTrackerPagesContract;
import dev.trackerd.server.store.sql.EventTrackerRacesContract;
import dev.trackerd.server.store.sql.EventTrackerStoreContract;
import dev.trackerd.server.store.sql.IdempotencyContract;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreLifeContract;
import dev.trackerd.server.store.sql.TagStoreContract;
import dev.trackerd.server.store.sql.TrackerIdsContract;
import dev.trackerd.server.store.sql.TrackerPagesContract;
import dev.trackerd.server.store.sql.TrackerRacesContract;
import dev.trackerd.server.store.sql.TrackerStoreContract;
import dev.trackerd.server.store.sql.TrackerTextsContract;
import dev.trackerd.server.store.sql.TrackerVersionsContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract kits on SQLite, those of trackers also with copies in memory. */
class SqliteContractTest {
  private static final long CACHE_BYTES = 1 << 20;

  @TempDir Path directory;

  @Nested
  class Trackers extends TrackerStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class Texts extends TrackerTextsContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class Pages extends TrackerPagesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class Races extends TrackerRacesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class Versions extends TrackerVersionsContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class CachedTrackers extends TrackerStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config, CACHE_BYTES);
    }
  }

  @Nested
  class CachedTexts extends TrackerTextsContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config, CACHE_BYTES);
    }
  }

  @Nested
  class CachedPages extends TrackerPagesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config, CACHE_BYTES);
    }
  }

  @Nested
  class CachedRaces extends TrackerRacesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config, CACHE_BYTES);
    }
  }

  @Nested
  class Ids extends TrackerIdsContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class Keys extends IdempotencyContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class EventTrackers extends EventTrackerStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class EventTrackerLife extends EventTrackerLifeContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class EventTrackerPages extends EventTrackerPagesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class EventTrackerRaces extends EventTrackerRacesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class DatasetGroups extends DatasetGroupContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class Tags extends TagStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class Credentials extends CredentialStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }
  }

  @Nested
  class Life extends StoreLifeContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config);
    }

    @Override
    protected Connection connect() throws SQLException {
      return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("trackerd.db"));
    }
  }

  @Nested
  class CachedLife extends StoreLifeContract {
    @Override
    protected Stores open(StoreConfig config) {
      return SqliteStores.open(directory, config, CACHE_BYTES);
    }

    @Override
    protected Connection connect() throws SQLException {
      return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("trackerd.db"));
    }
  }
}
