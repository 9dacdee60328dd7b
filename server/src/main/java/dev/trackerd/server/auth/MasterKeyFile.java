package dev.trackerd.server.auth;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.trackerd.server.store.FileFaults;
import dev.trackerd.server.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;

/**
 * The file {@code master.key}: one line of base64, so that it can be copied into {@code
 * TRACKERD_MASTER_KEY} as it stands.
 */
record MasterKeyFile(Path path) {
  static MasterKeyFile in(Path dataDirectory) {
    return new MasterKeyFile(dataDirectory.resolve("master.key"));
  }

  /** Reads the key, after making it if there is none. Processes that race get the same one. */
  byte[] readOrMake() {
    try {
      if (Files.notExists(path)) {
        make();
      }
      return decode();
    } catch (IOException e) {
      throw new MasterKeyException(path + ": can't be read or made: " + FileFaults.reason(e), e);
    }
  }

  /** Reads the key. */
  byte[] read() {
    try {
      return decode();
    } catch (IOException e) {
      throw new MasterKeyException(path + ": can't be read: " + FileFaults.reason(e), e);
    }
  }

  private byte[] decode() throws IOException {
    return MasterKey.decode(SecretFile.read(path), path.toString());
  }

  /**
   * Writes the whole key to another file and then gives it its name, so that nobody ever reads half
   * a key; a link instead of a move, since a move would replace the key of a process that was
   * faster.
   */
  private void make() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Files.createDirectories(folder, PrivateFiles.folder(folder));
    Path draft = folder.resolve("master.key." + UUID.randomUUID());
    try {
      write(draft);
      Files.createLink(path, draft);
      sync(folder);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster: its key counts.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(Path draft) throws IOException {
    byte[] key = new byte[MasterKey.BYTES];
    new SecureRandom().nextBytes(key);
    String line = Base64.getEncoder().encodeToString(key) + "\n";
    try (FileChannel file =
        FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), PrivateFiles.file(draft))) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
  }

  /** Makes the new name survive a power loss: without it the store could outlive its key. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
