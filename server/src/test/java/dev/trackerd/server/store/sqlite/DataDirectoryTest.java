package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import dev.trackerd.server.store.sql.StoredContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path parent;

  @Test
  void open_makesAllForTheOwnerOnly() throws IOException {
    Path path = parent.resolve("a/b");
    try (Stores stores = SqliteStores.open(path, StoreConfig.unlimited());
        DataDirectory.ServerLock lock = DataDirectory.open(path).lock()) {
      stores.trackers().create(StoreContract.ANNA, StoredContents.of("a", List.of("p")));
      assertThat(mode(path)).isEqualTo("rwx------");
      assertThat(mode(parent.resolve("a"))).isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(path)) {
        assertThat(files.toList())
            .extracting(file -> file.getFileName() + " " + mode(file))
            .containsExactlyInAnyOrder(
                "trackerd.db rw-------",
                "trackerd.db-wal rw-------",
                "trackerd.db-shm rw-------",
                "open.lock rw-------",
                "server.lock rw-------",
                "native rwx------");
      }
      assertThat(lock).isNotNull();
    }
  }

  @Test
  void open_saysWhatIsWrongInOneLine() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.open(file))
        .hasMessageContaining("can't use the data directory " + file)
        .hasMessageNotContaining("\n");
    assertRefused(
        UNAVAILABLE, () -> SqliteStores.open(file.resolve("below"), StoreConfig.unlimited()));
  }

  @Test
  void open_refusesAFileThatIsNoDatabase() throws IOException {
    Files.writeString(parent.resolve("trackerd.db"), "no database, but long enough".repeat(100));
    assertThatThrownBy(() -> SqliteStores.open(parent, StoreConfig.unlimited()))
        .hasMessageContaining("can't use the data directory " + parent)
        .hasMessageContaining("SQLITE_NOTADB")
        .hasMessageNotContaining("\n");
  }

  @Test
  void lock_isForOneAtATime() {
    DataDirectory directory = DataDirectory.open(parent);
    try (DataDirectory.ServerLock lock = directory.lock()) {
      assertThatThrownBy(
              () -> DataDirectory.open(parent.resolve("../" + parent.getFileName())).lock())
          .hasMessageContaining("is in use by another trackerd server")
          .hasMessageNotContaining("\n");
      assertThat(lock).isNotNull();
    }
    directory.lock().close();
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
