package dev.trackerd.server.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Where the SQLite driver finds its native library. Left to itself it unpacks one into the
 * directory for temporary files at every start, and leaves it there when the process is killed;
 * that directory may be full, or not allow programs.
 */
final class NativeLibrary {
  private static boolean provided;

  private NativeLibrary() {}

  /**
   * Puts the library into a directory, unless it is there, and tells the driver. Does nothing but
   * the first time in a process. Should the system refuse to load it from there, the driver still
   * unpacks its own.
   *
   * @param directory one that nobody else can write to
   */
  static synchronized void provide(Path directory) throws IOException {
    if (provided) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    byte[] library = packaged(name);
    if (library != null) {
      Path file = directory.resolve(SQLiteJDBCLoader.getVersion() + "-" + name);
      write(file, library);
      System.setProperty("org.sqlite.lib.path", directory.toAbsolutePath().toString());
      System.setProperty("org.sqlite.lib.name", file.getFileName().toString());
    }
    provided = true;
  }

  private static byte[] packaged(String name) throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  /** Never changes a file in place: another process may be running it. */
  private static void write(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Path draft = Files.createTempFile(file.getParent(), "draft", ".tmp");
    Files.write(draft, content);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
