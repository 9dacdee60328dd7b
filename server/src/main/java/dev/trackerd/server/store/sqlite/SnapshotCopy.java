package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreBackup;
import dev.trackerd.server.store.StoreContents.Reader;
import dev.trackerd.server.store.StoreContents.Scope;
import dev.trackerd.server.store.StoreEntry;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Migrations;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.StoreRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** One state of a database in a file of its own, compared with the state that it is a copy of. */
final class SnapshotCopy {
  /** How long other changes may be held up; those wait for two seconds (busy_timeout). */
  private static final long MAX_HOLD_NANOS = 1_000_000_000;

  private static final long MAX_WAIT_NANOS = 10_000_000_000L;
  private static final long POLL_NANOS = 200_000;

  private final Path database;
  private final Path copy;

  /**
   * A copy that is still to be written.
   *
   * @param copy an empty file
   */
  SnapshotCopy(Path database, Path copy) {
    this.database = database;
    this.copy = copy;
  }

  /**
   * Writes the copy and looks it through.
   *
   * @throws StoreException UNAVAILABLE if it is not what it should be
   */
  StoreBackup write() throws SQLException, IOException {
    Map<String, List<Long>> sums;
    try (Session source = Sqlite.writer(database);
        Session same = Sqlite.reader(database);
        Session holder = Sqlite.writer(database)) {
      refuseOtherSchema(same);
      CompletableFuture<Void> copying = new CompletableFuture<>();
      // While nobody can commit, two readers that begin see one state.
      hold(holder);
      try {
        same.execute("BEGIN");
        Migrations.version(same);
        start(source, copying);
        awaitBeginning(copying);
      } finally {
        holder.execute("ROLLBACK");
      }
      sums = sums(same);
      same.execute("ROLLBACK");
      await(copying);
    }
    return check(sums);
  }

  private static void refuseOtherSchema(Session session) throws SQLException {
    int version = Migrations.version(session);
    if (version != SqliteTransactions.SCHEMA_VERSION) {
      throw StoreException.unavailable(
          "the database has schema version "
              + version
              + " (expected: "
              + SqliteTransactions.SCHEMA_VERSION
              + "; use the trackerd that serves it)");
    }
  }

  /**
   * A server that is busy writes again a few microseconds after each commit: SQLite's own way of
   * waiting, which sleeps for longer and longer, might never meet such a gap.
   */
  private static void hold(Session holder) throws SQLException {
    holder.script("PRAGMA busy_timeout = 0");
    long start = System.nanoTime();
    while (true) {
      try {
        holder.execute("BEGIN IMMEDIATE");
        return;
      } catch (SQLException e) {
        if (!Failures.busy(e) || System.nanoTime() - start > MAX_WAIT_NANOS) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private void start(Session source, CompletableFuture<Void> copying) {
    Thread thread =
        new Thread(
            () -> {
              try {
                source.update("VACUUM INTO ?", copy.toAbsolutePath().toString());
                copying.complete(null);
              } catch (SQLException | RuntimeException | Error e) {
                copying.completeExceptionally(e);
              }
            },
            "backup");
    thread.setDaemon(true);
    thread.start();
  }

  /** SQLite writes nothing before it has begun to read: a file that grows tells that it has. */
  private void awaitBeginning(CompletableFuture<Void> copying) throws IOException {
    long start = System.nanoTime();
    while (Files.size(copy) == 0
        && !copying.isDone()
        && System.nanoTime() - start < MAX_HOLD_NANOS) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static void await(CompletableFuture<Void> copying) throws SQLException {
    try {
      copying.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw Failures.unavailable(e.getCause());
    }
  }

  private StoreBackup check(Map<String, List<Long>> expected) throws SQLException, IOException {
    try (Session session = Sqlite.copy(copy)) {
      List<String> faults = Sqlite.faults(session);
      if (!faults.isEmpty()) {
        throw StoreException.unavailable("the copy is damaged: " + faults.get(0));
      }
      if (!sums(session).equals(expected)) {
        throw StoreException.unavailable(
            "the copy does not hold as many rows as the database did; try again");
      }
      Whole whole = new Whole();
      StoreRows.read(session, Scope.ALL, whole);
      return new StoreBackup(whole.trackers, Files.size(copy));
    }
  }

  /** By table: how many rows; of trackers also the sums of what tells one from another. */
  private static Map<String, List<Long>> sums(Session session) throws SQLException {
    Map<String, List<Long>> sums = new TreeMap<>();
    List<String> tables =
        session.all(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            row -> row.getString(1));
    for (String table : tables) {
      String columns =
          table.equals("tracker") ? "count(*), sum(version), sum(checksum)" : "count(*), 0, 0";
      sums.put(
          table,
          session
              .first(
                  "SELECT " + columns + " FROM \"" + table + "\"",
                  row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
              .orElseThrow());
    }
    return sums;
  }

  /** Sees to it that every row is as it was written. */
  private static final class Whole implements Reader {
    private long trackers;

    @Override
    public void expect(long expected) {
      trackers = expected;
    }

    @Override
    public void entry(StoreEntry entry) {}

    @Override
    public void damaged(String what) {
      throw StoreException.unavailable(what + " (trackerd check tells all that is damaged)");
    }
  }
}
