package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.sql.Callers;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.Work;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every caller gets an answer, whatever fails; and a writer that is stuck is known. */
class WriterFailuresTest {
  private static final String INSERT = "INSERT INTO thing (name) VALUES (?)";

  @TempDir Path directory;
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final AtomicLong ticks = new AtomicLong();
  private GroupCommit writer;

  @BeforeEach
  void open() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("x.db"));
    Error error = new OutOfMemoryError("test");
    Session session =
        new Session(FailingConnection.onExecute(connection, failing::contains, error));
    session.script("CREATE TABLE thing (name TEXT NOT NULL)");
    writer = GroupCommit.open(session, RowCopies.NONE, new ChangeQueue(ticks::get));
  }

  @AfterEach
  void close() throws SQLException {
    failing.clear();
    writer.close();
  }

  @Test
  void write_isAnsweredThoughTheCommitThrowsAnError() throws Exception {
    failing.add("COMMIT");
    assertAllRefused();
    failing.clear();
    assertThat(insert("later")).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void write_isAnsweredThoughGivingUpThrowsAnError() throws Exception {
    failing.add("COMMIT");
    failing.add("ROLLBACK");
    assertAllRefused();
    failing.clear();
    // The transaction is still open: the next one fails, and ends it.
    assertRefused(UNAVAILABLE, () -> insert("next"));
    assertThat(insert("later")).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void write_isAnsweredThoughNothingCanBeBegun() throws Exception {
    failing.add("BEGIN IMMEDIATE");
    failing.add("ROLLBACK");
    assertAllRefused();
    failing.clear();
    assertThat(insert("later")).isEqualTo(1);
  }

  @Test
  void check_failsWhileTheOldestChangeIsOlderThanFiveSeconds() throws Exception {
    writer.check();
    // Not the common pool, which has one thread for two processors.
    Executor threads = task -> new Thread(task).start();
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Integer> stuck =
        CompletableFuture.supplyAsync(
            () ->
                write(
                    session -> {
                      working.countDown();
                      await(go);
                      return 1;
                    }),
            threads);
    await(working);
    ticks.addAndGet(SECONDS.toNanos(5));
    writer.check();
    ticks.addAndGet(1);
    // Nothing waits in the queue: it is the one that is being worked off.
    assertThat(writer.load().waiting()).isZero();
    assertRefused(UNAVAILABLE, writer::check);
    CompletableFuture<Integer> behind =
        CompletableFuture.supplyAsync(() -> insert("behind"), threads);
    while (writer.load().waiting() == 0) {
      Thread.onSpinWait();
    }
    assertRefused(UNAVAILABLE, writer::check);
    go.countDown();
    assertThat(stuck.get(10, SECONDS)).isEqualTo(1);
    assertThat(behind.get(10, SECONDS)).isEqualTo(1);
    // Green again by itself; the clock was not set back.
    while (writer.load().waiting() > 0) {
      Thread.onSpinWait();
    }
    insert("last");
    writer.check();
    assertThat(writer.load().waiting()).isZero();
  }

  @Test
  void load_countsChangesAndTheirTime() throws Exception {
    long before = writer.load().nanoseconds();
    insert("a");
    insert("b");
    assertThat(writer.load().changes()).isEqualTo(2);
    assertThat(writer.load().nanoseconds()).isGreaterThan(before);
  }

  private void assertAllRefused() throws Exception {
    var answers = Callers.<Integer>all(8, i -> () -> insert("n" + i));
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertRefused(
                    UNAVAILABLE,
                    () -> {
                      throw answer.thrown();
                    }));
    assertThat(writer.load().waiting()).isZero();
  }

  private <T> T write(Work<T> work) {
    return writer.write(new Change<>(work, Optional.empty()));
  }

  private int insert(String name) {
    return write(session -> session.update(INSERT, name));
  }

  private int count() {
    return write(
        session -> session.first("SELECT count(*) FROM thing", row -> row.getInt(1)).orElseThrow());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
