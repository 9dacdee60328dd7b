package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.WriterLoad;
import dev.trackerd.server.store.sql.Migrations;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.TrackerKey;
import dev.trackerd.server.store.sql.Transactions;
import dev.trackerd.server.store.sql.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One open database: one writer, several readers, no one waiting for the other. Thread-safe. */
final class SqliteTransactions implements Transactions {
  /** In order; see {@link Migrations}. */
  private static final List<Migrations.Step> STEPS =
      List.of(
          Migrations.script(SqliteTransactions.class, "1.sql"),
          Migrations.script(SqliteTransactions.class, "2.sql"),
          new TrackerMessages(),
          Migrations.script(SqliteTransactions.class, "4.sql"),
          Migrations.script(SqliteTransactions.class, "5.sql"));

  /** What a database is brought to. */
  static final int SCHEMA_VERSION = STEPS.size();

  // One for each thread that can make use of it, and some for changes, which read what they change.
  private static final int READERS = Math.max(2, Runtime.getRuntime().availableProcessors()) + 2;

  private final GroupCommit writer;
  private final Readers readers;

  private SqliteTransactions(GroupCommit writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** Opens the database of a data directory; makes and migrates it as needed. */
  static SqliteTransactions open(DataDirectory directory, RowCopies copies) {
    try {
      LockFile opening = directory.openingLock();
      try {
        NativeLibrary.provide(directory.nativeLibraries());
        return open(directory.database(), copies);
      } finally {
        opening.close();
      }
    } catch (IOException | SQLException e) {
      throw DataDirectory.unusable(directory.path(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DataDirectory.unusable(directory.path(), e);
    }
  }

  private static SqliteTransactions open(Path file, RowCopies copies) throws SQLException {
    List<Session> sessions = new ArrayList<>();
    try {
      sessions.add(Sqlite.writer(file));
      migrate(sessions.get(0));
      for (int i = 0; i < READERS; i++) {
        sessions.add(Sqlite.reader(file));
      }
      GroupCommit writer =
          GroupCommit.open(sessions.get(0), copies, new ChangeQueue(System::nanoTime));
      return new SqliteTransactions(writer, new Readers(sessions.subList(1, sessions.size())));
    } catch (SQLException | RuntimeException | Error e) {
      for (Session session : sessions) {
        closing(session, e);
      }
      throw e;
    }
  }

  private static void closing(Session session, Throwable failure) {
    try {
      session.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private static void rollBack(Session session, Throwable failure) {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, as it does when the disk is full: that is to be told.
      failure.addSuppressed(e);
    }
  }

  private static void migrate(Session session) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
    try {
      Migrations.run(session, STEPS);
      session.execute("COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(session, e);
      throw e;
    }
  }

  @Override
  public <T> T read(Work<T> work) {
    return readers.read(work);
  }

  @Override
  public <T> T write(Work<T> work) {
    return writer.write(new Change<>(work, Optional.empty()));
  }

  @Override
  public <T> T change(TrackerKey tracker, Work<T> work) {
    return writer.write(new Change<>(work, Optional.of(tracker)));
  }

  @Override
  public <T> T snapshot(Work<T> work) {
    return readers.read(
        session -> {
          session.execute("BEGIN");
          try {
            T result = work.on(session);
            session.execute("COMMIT");
            return result;
          } catch (SQLException | RuntimeException | Error e) {
            rollBack(session, e);
            throw e;
          }
        });
  }

  @Override
  public List<String> faults(Session session) throws SQLException {
    try {
      return Sqlite.faults(session);
    } catch (SQLException e) {
      if (Failures.fatal(e)) {
        // The damage is such that the check can't go on.
        return List.of(Failures.reason(e));
      }
      throw e;
    }
  }

  @Override
  public boolean isDuplicate(SQLException failure) {
    return Failures.duplicate(failure);
  }

  @Override
  public WriterLoad load() {
    return writer.load();
  }

  @Override
  public void check() {
    writer.check();
    readers.read(Migrations::version);
  }

  @Override
  public void close() {
    try {
      try {
        writer.close();
      } finally {
        readers.close();
      }
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }
}
