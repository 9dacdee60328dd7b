package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
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
  /** Also keeps channels from being collected, which would close them and drop their locks. */
  private static final Map<Path, LockFile> HELD = new HashMap<>();

  private final Path path;
  private FileChannel channel;

  private LockFile(Path path) {
    this.path = path;
  }

  /** Takes the lock, or returns empty if it is held, be it by this process or another. */
  static Optional<LockFile> tryHold(Path file) throws IOException {
    LockFile lock = new LockFile(identity(file));
    synchronized (HELD) {
      if (HELD.containsKey(lock.path)) {
        return Optional.empty();
      }
      lock.openChannel();
      if (lock.channel.tryLock() == null) {
        lock.channel.close();
        return Optional.empty();
      }
      HELD.put(lock.path, lock);
      return Optional.of(lock);
    }
  }

  /** Takes the lock, and waits for it as long as it is held. */
  static LockFile hold(Path file) throws IOException, InterruptedException {
    LockFile lock = new LockFile(identity(file));
    synchronized (HELD) {
      while (HELD.putIfAbsent(lock.path, lock) != null) {
        HELD.wait();
      }
    }
    try {
      lock.openChannel();
      lock.channel.lock();
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
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

  private void openChannel() throws IOException {
    channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PrivateFiles.file(path));
  }
}
