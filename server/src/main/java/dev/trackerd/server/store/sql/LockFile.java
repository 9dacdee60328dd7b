package dev.trackerd.server.store.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A lock that one process at a time holds, by a file of its own. The system drops it when the
 * process ends, however it ends.
 *
 * <p>POSIX locks belong to the process, and closing any handle on a file drops all of them
 * (fcntl(2)). So a file that this process holds already is never opened a second time.
 */
final class LockFile implements AutoCloseable {
  private static final Set<Path> HELD = new HashSet<>();

  private final Path path;
  private final FileChannel channel;

  private LockFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Takes the lock, or returns empty if it is held, be it by this process or another. */
  static Optional<LockFile> tryHold(Path file) throws IOException {
    Path path = identity(file);
    synchronized (HELD) {
      if (HELD.contains(path)) {
        return Optional.empty();
      }
      FileChannel channel = channel(path);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      HELD.add(path);
      return Optional.of(new LockFile(path, channel));
    }
  }

  /** Takes the lock, and waits for it as long as it is held. */
  static LockFile hold(Path file) throws IOException, InterruptedException {
    Path path = identity(file);
    synchronized (HELD) {
      while (!HELD.add(path)) {
        HELD.wait();
      }
    }
    FileChannel channel = null;
    try {
      channel = channel(path);
      channel.lock();
      return new LockFile(path, channel);
    } catch (IOException | RuntimeException e) {
      new LockFile(path, channel).close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      synchronized (HELD) {
        HELD.remove(path);
        HELD.notifyAll();
      }
    }
  }

  private static Path identity(Path file) throws IOException {
    return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
  }

  private static FileChannel channel(Path path) throws IOException {
    return FileChannel.open(
        path,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        DataDirectory.privateTo("rw-------", path));
  }
}
