package dev.trackerd.server;

import dev.trackerd.server.assembly.StoreLocation;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.store.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the servers of a test keep what they keep, each test in a directory of its own: in SQLite
 * in that directory, or with {@code -Dtrackerd.test.store=postgres} in a database for it alone.
 */
final class TestStore {
  private static final int CONNECTIONS = 10;
  private static final Map<Path, String> DATABASES = new ConcurrentHashMap<>();

  private TestStore() {}

  /** Where a server of this process keeps it; the master key is in the directory in any case. */
  static StoreLocation in(Path directory) {
    return isPostgres()
        ? StoreLocation.Database.parse(url(directory), CONNECTIONS)
        : new StoreLocation.Directory(directory);
  }

  /** What leads a program there that has a data directory of that name. */
  static Map<String, String> environment(Path dataDirectory) {
    if (!isPostgres()) {
      return Map.of("TRACKERD_DATA_DIR", dataDirectory.toString());
    }
    MasterKey.open(dataDirectory);
    return Map.of(
        "TRACKERD_STORE",
        url(dataDirectory),
        "TRACKERD_MASTER_KEY_FILE",
        dataDirectory.resolve("master.key").toString());
  }

  private static String url(Path directory) {
    return DATABASES.computeIfAbsent(directory, d -> TestPostgres.shared().newDatabase());
  }

  private static boolean isPostgres() {
    return System.getProperty("trackerd.test.store", "sqlite").equals("postgres");
  }
}
