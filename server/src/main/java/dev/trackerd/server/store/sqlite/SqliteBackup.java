package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.FileFaults;
import dev.trackerd.server.store.PrivateFiles;
import dev.trackerd.server.store.StoreBackup;
import dev.trackerd.server.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Copies the database of a data directory into one file, also while a server runs on it. The copy
 * holds one state: all that was acknowledged before, and nothing in halves.
 *
 * <p>SQLite writes it; the database's own files are never opened here
 * (sqlite.org/howtocorrupt.html, 2.2). It gets its name only once it is checked and on stable
 * storage.
 */
public final class SqliteBackup {
  private SqliteBackup() {}

  /**
   * Makes the copy, which only its owner may read.
   *
   * @param dataDirectory holds a database, of this program's schema
   * @param file does not exist; its folder does, and has room for it
   * @throws StoreException UNAVAILABLE, with a line for the operator; nothing is left behind
   */
  public static StoreBackup write(Path dataDirectory, Path file) {
    DataDirectory directory = DataDirectory.open(dataDirectory);
    Path folder = file.toAbsolutePath().getParent();
    Path draft = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      // A link is one, wherever it leads.
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw StoreException.unavailable(file + ": is there already (expected: a new file)");
      }
      NativeLibrary.provide(directory.nativeLibraries());
      Files.createFile(draft, PrivateFiles.file(draft));
      try {
        StoreBackup backup = new SnapshotCopy(directory.database(), draft).write();
        sync(draft, StandardOpenOption.WRITE);
        Files.move(draft, file);
        sync(folder, StandardOpenOption.READ);
        return backup;
      } finally {
        Files.deleteIfExists(draft);
        // SQLite's, which it leaves when the disk is full.
        Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + "-journal"));
      }
    } catch (IOException e) {
      throw StoreException.unavailable(file + ": can't be made: " + FileFaults.reason(e), e);
    } catch (SQLException e) {
      throw StoreException.unavailable(file + ": can't be made: " + Failures.reason(e), e);
    }
  }

  private static void sync(Path path, OpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
