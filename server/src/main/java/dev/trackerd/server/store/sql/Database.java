package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One open database: one writer, several readers, no one waiting for the other. Thread-safe. */
final class Database implements AutoCloseable {
  // A session for each thread that can make use of one.
  private static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors());

  private final GroupCommit writer;
  private final Readers readers;

  private Database(GroupCommit writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /** Opens the database of a data directory; makes and migrates it as needed. */
  static Database open(DataDirectory directory) {
    try {
      LockFile opening = directory.openingLock();
      try {
        NativeLibrary.provide(directory.nativeLibraries());
        return open(directory.database());
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

  private static Database open(Path file) throws SQLException {
    List<Session> sessions = new ArrayList<>();
    try {
      sessions.add(Sqlite.writer(file));
      Schema.migrate(sessions.get(0));
      for (int i = 0; i < READERS; i++) {
        sessions.add(Sqlite.reader(file));
      }
    } catch (SQLException | RuntimeException e) {
      for (Session session : sessions) {
        session.close();
      }
      throw e;
    }
    return new Database(
        GroupCommit.open(sessions.get(0)), new Readers(sessions.subList(1, sessions.size())));
  }

  /**
   * Does the work on one consistent state of the database, or several if it runs several queries.
   */
  <T> T read(Work<T> work) {
    return readers.read(work);
  }

  /** Does the work in one transaction that is durable on return. */
  <T> T write(Work<T> work) {
    return writer.write(work);
  }

  /**
   * Returns if the database answers and takes changes.
   *
   * @throws StoreException UNAVAILABLE if not
   */
  void check() {
    writer.check();
    readers.read(session -> session.first("SELECT version FROM schema_version", row -> 1));
  }

  /** Finishes what is under way. */
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
