package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.sql.StoreContract.ANNA;
import static dev.trackerd.server.store.sql.StoreContract.walk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.ChildJvm;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoredContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of many megabytes on its way to the newest form. */
class MigrationIT {
  private static final int TRACKERS = 96;
  private static final int PHRASES = 10_000;
  private static final long FIRST = 1_536_432_537_601_495L;

  /** Far less than the trackers take, far more than one does. */
  private static final String HEAP = "-Xmx48m";

  @TempDir Path directory;

  @BeforeEach
  void makeVersion2() throws SQLException {
    try (Session old = OldDatabases.make(directory, 2)) {
      old.execute("BEGIN");
      for (int i = 0; i < TRACKERS; i++) {
        String vocabulary = "[\"" + String.join("\",\"", phrases(i)) + "\"]";
        OldDatabases.add(old, ANNA, FIRST + i, "t" + i, vocabulary);
      }
      old.execute("COMMIT");
    }
  }

  @Test
  void open_needsNoMoreMemoryThanTheLargestTracker() throws Exception {
    try (ChildJvm child = migrate()) {
      assertThat(child.output().readLine()).isEqualTo("done");
    }
    verify();
  }

  @Test
  void open_losesNothingWhenKilledInTheMiddle() throws Exception {
    // Pages that no longer fit into SQLite's memory go to the log before anything is committed.
    for (int megabytes : new int[] {4, 24}) {
      try (ChildJvm child = migrate()) {
        Path log = directory.resolve("trackerd.db-wal");
        while (!Files.exists(log) || Files.size(log) < (long) megabytes << 20) {
          assertThat(child.process().isAlive()).isTrue();
          Thread.onSpinWait();
        }
        child.kill();
        assertThat(child.output().readLine()).isNull();
      }
      try (Session session = Sqlite.reader(directory.resolve("trackerd.db"))) {
        assertThat(OldDatabases.version(session)).isEqualTo(2);
        assertThat(session.first("SELECT count(*) FROM tracker", row -> row.getInt(1)))
            .contains(TRACKERS);
      }
    }
    verify();
  }

  private ChildJvm migrate() throws IOException {
    ChildJvm child =
        ChildJvm.start(List.of(HEAP), OpeningChild.class, directory.toString(), "key", "k");
    assertThat(child.output().readLine()).isEqualTo("started");
    child.process().getOutputStream().write('\n');
    child.process().getOutputStream().flush();
    return child;
  }

  private void verify() {
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited())) {
      List<StoredTracker> trackers = walk(stores.trackers(), ANNA, 10);
      assertThat(trackers).hasSize(TRACKERS);
      for (int i = 0; i < TRACKERS; i++) {
        assertThat(trackers.get(i).id()).isEqualTo(FIRST + i);
        boolean same = trackers.get(i).content().equals(StoredContents.of("t" + i, phrases(i)));
        assertThat(same).as("content of t%s", i).isTrue();
      }
    }
  }

  private static List<String> phrases(int tracker) {
    return Collections.nCopies(
        PHRASES,
        "a phrase of ninety characters, more or less, "
            + tracker
            + " with é and \uD83D\uDE00, so that a tracker has a megabyte");
  }
}
