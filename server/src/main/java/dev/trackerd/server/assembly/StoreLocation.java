package dev.trackerd.server.assembly;

import java.nio.file.Path;

/** Where stores are, or are to be. {@code toString} is fit for logs. */
public sealed interface StoreLocation {

  /**
   * A database of its own for one server, in a folder of this machine.
   *
   * @param path the data directory
   */
  record Directory(Path path) implements StoreLocation {
    @Override
    public String toString() {
      return path.toString();
    }
  }
}
