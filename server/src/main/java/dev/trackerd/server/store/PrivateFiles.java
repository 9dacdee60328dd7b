package dev.trackerd.server.store;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** New files and folders that their owner alone may use. */
public final class PrivateFiles {
  private static final FileAttribute<?>[] NONE = {};

  private PrivateFiles() {}

  /** What to make a file with: mode 0600, where there are modes. */
  public static FileAttribute<?>[] file(Path path) {
    return mode("rw-------", path);
  }

  /** What to make a folder with: mode 0700, where there are modes. */
  public static FileAttribute<?>[] folder(Path path) {
    return mode("rwx------", path);
  }

  private static FileAttribute<?>[] mode(String mode, Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : NONE;
  }
}
