package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that waits for a line, does one thing with a data directory, says what came of it, and
 * keeps what it has until its input ends. Arguments: directory, {@code key} or {@code lock}, and
 * the id of the key.
 */
final class OpeningChild {
  private OpeningChild() {}

  public static void main(String[] args) throws IOException {
    System.out.println("started");
    System.in.read();
    Path directory = Path.of(args[0]);
    try {
      if (args[1].equals("lock")) {
        DataDirectory.open(directory).lock();
      } else {
        SqliteStores.open(directory, StoreConfig.unlimited()).credentials().create(key(args[2]));
      }
      System.out.println("done");
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
    while (System.in.read() >= 0) {
      // Stays.
    }
  }

  private static ApiKey key(String id) {
    return new ApiKey(id, StoreContract.ANNA, new byte[] {1}, Instant.EPOCH, Optional.empty());
  }
}
