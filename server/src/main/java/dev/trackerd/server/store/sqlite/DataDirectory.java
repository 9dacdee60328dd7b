package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.FileFaults;
import dev.trackerd.server.store.PrivateFiles;
import dev.trackerd.server.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The directory that holds the database. It is made with mode 0700, the files in it with 0600; one
 * that exists keeps its mode. Thread-safe.
 *
 * <p>The database's own files are never opened here once they exist: closing such a handle would
 * drop SQLite's locks in this process (sqlite.org/howtocorrupt.html, 2.2).
 */
public final class DataDirectory {
  private static final String DATABASE = "trackerd.db";

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes the directory if it is not there.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if that fails
   */
  public static DataDirectory open(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path, PrivateFiles.folder(path));
      }
      return new DataDirectory(path);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Whether a database is there; makes nothing, and opens nothing. */
  public static boolean holdsDatabase(Path path) {
    return Files.exists(path.resolve(DATABASE));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Keeps other servers away from this directory until the lock is closed or the process ends.
   * Commands that share the database with a running server do without it.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator, if another server holds it
   */
  public ServerLock lock() {
    try {
      return LockFile.tryHold(path.resolve("server.lock"))
          .map(ServerLock::new)
          .orElseThrow(
              () ->
                  StoreException.unavailable(
                      "data directory " + path + " is in use by another trackerd server"));
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /** Held by a server while it runs. */
  public static final class ServerLock implements AutoCloseable {
    private final LockFile file;

    private ServerLock(LockFile file) {
      this.file = file;
    }

    /** Lets the next server in. */
    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw StoreException.unavailable("can't release the server lock", e);
      }
    }
  }

  /** Held while a process opens the database, so that two don't set it up at once. */
  LockFile openingLock() throws IOException, InterruptedException {
    return LockFile.hold(path.resolve("open.lock"));
  }

  /** Makes the database file if it is not there; call it under {@link #openingLock()} only. */
  Path database() throws IOException {
    Path file = path.resolve(DATABASE);
    try {
      // SQLite would make it with 0644; its -wal and -shm files take over the mode of this one.
      Files.createFile(file, PrivateFiles.file(file));
    } catch (FileAlreadyExistsException e) {
      return file;
    }
    return file;
  }

  /** Where SQLite's native library goes; made if it is not there. */
  Path nativeLibraries() throws IOException {
    Path directory = path.resolve("native");
    return Files.createDirectories(directory, PrivateFiles.folder(directory));
  }

  static StoreException unusable(Path path, Exception cause) {
    String what = "can't use the data directory " + path + ": ";
    return StoreException.unavailable(what + reason(path, cause), cause);
  }

  private static String reason(Path path, Exception cause) {
    if (cause instanceof SQLException e) {
      return path.resolve(DATABASE) + ": " + Failures.reason(e);
    }
    return cause instanceof IOException e ? FileFaults.reason(e) : cause.toString();
  }
}
