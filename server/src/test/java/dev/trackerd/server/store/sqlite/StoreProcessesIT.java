package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.ChildJvm;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several processes do to one data directory. */
class StoreProcessesIT {
  private static final int PROCESSES = 4;

  @TempDir Path directory;
  private final Deque<ChildJvm> children = new ArrayDeque<>();

  @AfterEach
  void killAll() throws IOException {
    for (ChildJvm child : children) {
      child.close();
    }
  }

  @Test
  void open_byManyProcessesAtOnceHarmsNone() throws IOException {
    for (int i = 0; i < PROCESSES; i++) {
      start("key", "key" + i);
    }
    // All run now, and none has touched the directory.
    for (ChildJvm child : children) {
      go(child);
    }
    List<String> answers = new ArrayList<>();
    for (ChildJvm child : children) {
      answers.add(child.output().readLine());
    }
    assertThat(answers).hasSize(PROCESSES).containsOnly("done");
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited())) {
      assertThat(stores.credentials().list())
          .extracting(ApiKey::id)
          .containsExactly("key0", "key1", "key2", "key3");
    }
  }

  @Test
  void lock_keepsOtherProcessesOutUntilItsHolderIsDead() throws IOException {
    ChildJvm holder = start("lock");
    assertThat(ask(holder)).isEqualTo("done");
    assertRefused(UNAVAILABLE, () -> DataDirectory.open(directory).lock());
    assertThat(ask(start("lock"))).endsWith("is in use by another trackerd server");
    assertThat(ask(start("key", "a"))).isEqualTo("done");
    holder.kill();
    DataDirectory.open(directory).lock().close();
  }

  @Test
  void lock_outlivesAttemptsOfItsOwnProcess() throws IOException {
    try (DataDirectory.ServerLock lock = DataDirectory.open(directory).lock()) {
      // Would this open and close the file, the system would drop the lock.
      assertRefused(UNAVAILABLE, () -> DataDirectory.open(directory).lock());
      assertThat(ask(start("lock"))).endsWith("is in use by another trackerd server");
      assertThat(lock).isNotNull();
    }
    assertThat(ask(start("lock"))).isEqualTo("done");
  }

  private ChildJvm start(String... what) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(directory.toString()));
    arguments.addAll(List.of(what));
    ChildJvm child = ChildJvm.start(OpeningChild.class, arguments.toArray(String[]::new));
    children.add(child);
    assertThat(child.output().readLine()).isEqualTo("started");
    return child;
  }

  private static void go(ChildJvm child) throws IOException {
    child.process().getOutputStream().write('\n');
    child.process().getOutputStream().flush();
  }

  private static String ask(ChildJvm child) throws IOException {
    go(child);
    return child.output().readLine();
  }
}
