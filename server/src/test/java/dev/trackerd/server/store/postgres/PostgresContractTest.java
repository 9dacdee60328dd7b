package dev.trackerd.server.store.postgres;

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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;

/** The contract kits on PostgreSQL. */
class PostgresContractTest {
  private final String url = TestPostgres.shared().newSchema();

  private Stores stores(StoreConfig config) {
    return PostgresStores.open(StoreUrl.parse(url), config);
  }

  /** With so many permits that nobody is refused: one who holds one changes things another way. */
  private Stores permitted(StoreConfig config) {
    return stores(config.withMaxConcurrentWritesPerAccount(64));
  }

  @Nested
  class Trackers extends TrackerStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class Texts extends TrackerTextsContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class Pages extends TrackerPagesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class Races extends TrackerRacesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class Versions extends TrackerVersionsContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class Ids extends TrackerIdsContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class Keys extends IdempotencyContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class EventTrackers extends EventTrackerStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class EventTrackerLife extends EventTrackerLifeContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class EventTrackerPages extends EventTrackerPagesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class EventTrackerRaces extends EventTrackerRacesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class DatasetGroups extends DatasetGroupContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class Tags extends TagStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class Credentials extends CredentialStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }
  }

  @Nested
  class PermittedTrackers extends TrackerStoreContract {
    @Override
    protected Stores open(StoreConfig config) {
      return permitted(config);
    }
  }

  @Nested
  class PermittedRaces extends TrackerRacesContract {
    @Override
    protected Stores open(StoreConfig config) {
      return permitted(config);
    }
  }

  @Nested
  class PermittedVersions extends TrackerVersionsContract {
    @Override
    protected Stores open(StoreConfig config) {
      return permitted(config);
    }
  }

  @Nested
  class Life extends StoreLifeContract {
    @Override
    protected Stores open(StoreConfig config) {
      return stores(config);
    }

    @Override
    protected Connection connect() throws SQLException {
      return DriverManager.getConnection(url);
    }
  }
}
