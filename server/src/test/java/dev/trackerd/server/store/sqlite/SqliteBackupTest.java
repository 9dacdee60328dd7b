package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static dev.trackerd.server.store.sql.StoreContract.ANNA;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static dev.trackerd.server.store.sql.StoreContract.named;
import static dev.trackerd.server.store.sql.StoreContract.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoreBackup;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup holds what was acknowledged before it, is checked, and is there whole or not at all. */
class SqliteBackupTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 5;

  @TempDir Path data;
  @TempDir Path backups;

  private Stores stores;

  @BeforeEach
  void open() {
    stores = SqliteStores.open(data, StoreConfig.unlimited());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void write_makesAFileThatIsServedFromAnEmptyFolder() throws IOException {
    List<StoredTracker> trackers =
        stores
            .trackers()
            .createAll(ANNA, IntStream.range(0, 5000).mapToObj(i -> named("t" + i)).toList());
    Path file = backups.resolve("b");
    StoreBackup backup = SqliteBackup.write(data, file);
    assertThat(backup).isEqualTo(new StoreBackup(5000, Files.size(file)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(names(backups)).containsExactly("b");
    stores.trackers().delete(ANNA, trackers.get(0).id());
    try (Stores restored = restore(file)) {
      assertThat(walk(restored.trackers(), ANNA, 1000)).isEqualTo(trackers);
      long next = restored.trackers().create(ANNA, named("next")).id();
      assertThat(next).isGreaterThan(trackers.get(4999).id());
    }
  }

  @Test
  void write_holdsAllThatWasAcknowledgedBefore() throws Exception {
    ConcurrentLinkedQueue<StoredTracker> acknowledged = new ConcurrentLinkedQueue<>();
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(100 * WRITERS);
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        String prefix = "w" + w + " ";
        running.add(
            writers.submit(
                () -> {
                  for (int i = 0; !stop.get(); i++) {
                    acknowledged.add(stores.trackers().create(ANNA, named(prefix + i)));
                    begun.countDown();
                  }
                }));
      }
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      for (int round = 0; round < ROUNDS; round++) {
        List<StoredTracker> before = List.copyOf(acknowledged);
        Path file = backups.resolve("b" + round);
        StoreBackup backup = SqliteBackup.write(data, file);
        try (Stores restored = restore(file)) {
          List<StoredTracker> there = walk(restored.trackers(), ANNA, 1000);
          assertThat(there).hasSize((int) backup.trackers()).containsAll(before);
        }
      }
      stop.set(true);
      for (Future<?> writer : running) {
        writer.get(60, TimeUnit.SECONDS);
      }
      assertThat(walk(stores.trackers(), ANNA, 1000)).containsAll(acknowledged);
    } finally {
      stop.set(true);
      writers.shutdown();
    }
  }

  @Test
  void write_refusesAFileThatIsThere() throws IOException {
    Path file = Files.writeString(backups.resolve("b"), "mine");
    assertThatThrownBy(() -> SqliteBackup.write(data, file))
        .hasMessage(file + ": is there already (expected: a new file)");
    assertThat(file).hasContent("mine");
    assertThat(names(backups)).containsExactly("b");
  }

  @Test
  void write_refusesALinkThatLeadsNowhere() throws IOException {
    Path file = Files.createSymbolicLink(backups.resolve("b"), backups.resolve("none"));
    assertThatThrownBy(() -> SqliteBackup.write(data, file))
        .hasMessage(file + ": is there already (expected: a new file)");
    assertThat(names(backups)).containsExactly("b");
  }

  @Test
  void write_refusesAFolderThatIsNotThere() {
    Path file = backups.resolve("none/b");
    assertThatThrownBy(() -> SqliteBackup.write(data, file))
        .hasMessage(file + ": can't be made: no such file or folder");
  }

  @Test
  void write_leavesNothingOfADamagedDatabase() throws IOException, SQLException {
    long id = stores.trackers().create(ANNA, named("damaged")).id();
    change("UPDATE tracker SET message = CAST(replace(message, 'first', 'First') AS BLOB)");
    assertThatThrownBy(() -> SqliteBackup.write(data, backups.resolve("b")))
        .hasMessageStartingWith(
            "account " + ANNA + ": tracker " + id + ": its checksum is wrong (trackerd check");
    assertThat(names(backups)).isEmpty();
  }

  @Test
  void write_refusesAnotherSchema() throws IOException, SQLException {
    change("UPDATE schema_version SET version = 1");
    assertThatThrownBy(() -> SqliteBackup.write(data, backups.resolve("b")))
        .hasMessageStartingWith("the database has schema version 1 (expected: ");
    assertThat(names(backups)).isEmpty();
    assertRefused(UNAVAILABLE, () -> SqliteBackup.write(data, backups.resolve("b")));
    stores.trackers().create(ANNA, named("still writable"));
  }

  /** As an operator does: the file under the database's name in an empty folder. */
  private Stores restore(Path file) throws IOException {
    Path folder = Files.createTempDirectory(backups.getParent(), "restored");
    Files.copy(file, folder.resolve("trackerd.db"));
    return SqliteStores.open(folder, StoreConfig.unlimited());
  }

  private void change(String sql) throws SQLException {
    try (Session session = Sqlite.writer(data.resolve("trackerd.db"))) {
      session.update(sql);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
