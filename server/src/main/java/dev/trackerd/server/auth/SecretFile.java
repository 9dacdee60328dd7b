package dev.trackerd.server.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Files that hold one secret each, a line of text, and that are their owner's alone. */
public final class SecretFile {
  private static final int MAX_BYTES = 16_384;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private SecretFile() {}

  /**
   * Reads the text, UTF-8, as it stands but for one line break at its end.
   *
   * @throws IOException if it can't be read, is longer than 16 KiB, or others than its owner have
   *     access to it; with words for the operator, see {@link
   *     dev.trackerd.server.store.FileFaults#reason}
   */
  public static String read(Path path) throws IOException {
    if (!OWNER.containsAll(Files.getPosixFilePermissions(path))) {
      throw new FileSystemException(
          path.toString(),
          null,
          "others than its owner have access to it (expected: mode 0600; chmod 600)");
    }
    byte[] text;
    try (InputStream file = Files.newInputStream(path)) {
      text = file.readNBytes(MAX_BYTES + 1);
    }
    if (text.length > MAX_BYTES) {
      throw new FileSystemException(
          path.toString(), null, "too long for a secret (expected: one line)");
    }
    return new String(text, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
  }
}
