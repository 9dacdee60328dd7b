package dev.trackerd.server.store.sqlite;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.ChildJvm;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after kill -9, whenever that hits. */
class StoreCrashIT {
  private static final int ROUNDS = Integer.getInteger("trackerd.crash.rounds", 20);
  private static final int MOST_LINES = 3000;

  /** With so many lines, not all of them can be tries. */
  private static final int LEAST_LINES = CrashOps.ACCOUNTS + 1;

  @TempDir Path directory;
  private final SplittableRandom random = new SplittableRandom();
  private final List<CrashModel> models =
      IntStream.range(0, CrashOps.ACCOUNTS).mapToObj(CrashModel::new).toList();

  @Test
  void acknowledgedChanges_surviveKill() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 5 == 0) {
        killWhileItOpens("opening" + round);
        verify();
      }
      int before = acknowledged();
      killAfter(LEAST_LINES + random.nextInt(MOST_LINES), "run" + round);
      assertThat(acknowledged()).as("changes of round %s", round).isGreaterThan(before);
      verify();
    }
  }

  private void killAfter(int lines, String run) throws IOException {
    try (ChildJvm child = ChildJvm.start(CrashWriter.class, directory.toString(), run)) {
      for (int i = 0; i < lines; i++) {
        hear(child.output().readLine());
      }
      child.kill();
      child.output().lines().forEach(this::hear);
    }
  }

  private void killWhileItOpens(String run) throws Exception {
    try (ChildJvm child = ChildJvm.start(CrashWriter.class, directory.toString(), run)) {
      child.process().waitFor(100 + random.nextInt(900), MILLISECONDS);
      child.kill();
      child.output().lines().forEach(this::hear);
    }
  }

  private void hear(String line) {
    assertThat(line).as("a line of the child, which is to be killed only later").isNotNull();
    if (line.endsWith(CrashOps.END)) {
      String[] words = line.split(" ");
      models.get(Integer.parseInt(words[1])).hear(words);
    }
  }

  private void verify() throws SQLException {
    try (Stores stores = SqliteStores.open(directory, StoreConfig.unlimited())) {
      models.forEach(model -> model.verify(stores.trackers()));
    }
    try (Session session = Sqlite.reader(directory.resolve("trackerd.db"))) {
      assertThat(session.all("PRAGMA integrity_check", row -> row.getString(1)))
          .containsExactly("ok");
    }
  }

  private int acknowledged() {
    return models.stream().mapToInt(CrashModel::acknowledged).sum();
  }
}
