package dev.trackerd.server.store.sqlite;

import static dev.trackerd.server.store.StoreException.Reason.UNAVAILABLE;
import static dev.trackerd.server.store.sql.StoreContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Callers;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.Work;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** When the disk or another process is in the way. */
class GroupCommitTest {
  private static final String INSERT = "INSERT INTO thing (name) VALUES (?)";

  @TempDir Path directory;
  private Path file;
  private Session session;
  private GroupCommit writer;

  @BeforeEach
  void open() throws SQLException {
    file = directory.resolve("x.db");
    session = Sqlite.writer(file);
    session.script("CREATE TABLE thing (name TEXT NOT NULL)");
    writer = GroupCommit.open(session, RowCopies.NONE, new ChangeQueue(System::nanoTime));
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
  }

  @Test
  void write_failsForAllAndKeepsNothingWhileAnotherProcessWrites() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.executeUpdate("BEGIN IMMEDIATE");
      var answers = Callers.<Integer>all(8, i -> () -> insert("n" + i));
      assertThat(answers)
          .allSatisfy(
              answer ->
                  assertRefused(
                      UNAVAILABLE,
                      () -> {
                        throw answer.thrown();
                      }));
      statement.executeUpdate("COMMIT");
    }
    assertThat(insert("later")).isEqualTo(1);
    assertThat(names()).containsExactly("later");
  }

  @Test
  void write_failsWhenTheDatabaseIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    insert("small");
    write(session -> session.first("PRAGMA max_page_count = 10", row -> row.getInt(1)));
    assertThatThrownBy(() -> insert("x".repeat(100_000)))
        .isInstanceOf(StoreException.class)
        .hasMessage("database: SQLITE_FULL");
    assertThat(insert("y")).isEqualTo(1);
    assertThat(names()).containsExactly("small", "y");
  }

  @Test
  void write_fillsTheDatabaseWithoutLosingTheOthersOfTheBatch() throws Exception {
    write(session -> session.first("PRAGMA max_page_count = 10", row -> row.getInt(1)));
    var answers =
        Callers.<Integer>all(16, i -> () -> insert(i == 0 ? "x".repeat(100_000) : "n" + i));
    List<String> names = names();
    for (int i = 1; i < answers.size(); i++) {
      // Either it shared the batch and was told so, or it is there.
      assertThat(names.contains("n" + i)).isEqualTo(answers.get(i).thrown() == null);
    }
    assertThat(answers.get(0).thrown()).isNotNull();
  }

  @Test
  void write_takesNoMoreAfterAnInputOutputError() throws Exception {
    insert("before");
    writer.check();
    assertRefused(
        UNAVAILABLE,
        () ->
            this.<Integer>write(
                session -> {
                  session.update(INSERT, "during");
                  throw new SQLiteException("test", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
                }));
    assertRefused(UNAVAILABLE, () -> insert("after"));
    assertRefused(UNAVAILABLE, writer::check);
    assertThat(names()).containsExactly("before");
  }

  @Test
  void write_survivesAnErrorOfItsWork() throws Exception {
    Error error = new StackOverflowError();
    var answers =
        Callers.<Integer>all(
            2,
            i ->
                () ->
                    this.<Integer>write(
                        session -> {
                          throw error;
                        }));
    assertThat(answers).allSatisfy(answer -> assertThat(answer.thrown()).isSameAs(error));
    assertThat(insert("after")).isEqualTo(1);
  }

  @Test
  void write_tellsAnInterruptedCallerWhatHappened() throws Exception {
    Thread.currentThread().interrupt();
    assertThat(insert("a")).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(names()).containsExactly("a");
  }

  @Test
  void write_commitsWhatWaitsTogether() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<String> seenBySecond = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    callers.add(waiting(session -> await(go)));
    callers.add(waiting(session -> session.update(INSERT, "first")));
    callers.add(
        waiting(
            session -> {
              seenBySecond.addAll(session.all("SELECT name FROM thing", row -> row.getString(1)));
              seenBySecond.addAll(names());
              return session.update(INSERT, "second");
            }));
    go.countDown();
    for (Thread caller : callers) {
      caller.join(10_000);
    }
    // The batch sees it, once; others don't yet.
    assertThat(seenBySecond).containsExactly("first");
    assertThat(names()).containsExactly("first", "second");
  }

  /** Starts a caller and returns once it waits for the writer. */
  private Thread waiting(Work<?> work) {
    Thread caller = new Thread(() -> write(work));
    caller.start();
    while (caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return caller;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private <T> T write(Work<T> work) {
    return writer.write(new Change<>(work, Optional.empty()));
  }

  private int insert(String name) {
    return write(session -> session.update(INSERT, name));
  }

  private List<String> names() throws SQLException {
    try (Session reader = Sqlite.reader(file)) {
      return reader.all("SELECT name FROM thing", row -> row.getString(1));
    }
  }
}
