package dev.trackerd.server.assembly;

import dev.trackerd.server.store.postgres.StoreUrl;
import java.nio.file.Path;

/** Where stores are, or are to be. {@code toString} is fit for logs: it tells no secret. */
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

  /**
   * A database that any number of servers share.
   *
   * @param connections how many each of them may open at a time
   */
  record Database(StoreUrl url, int connections) implements StoreLocation {

    /** Whether a text means to be the URL of one; {@link #parse} tells whether it is. */
    public static boolean isUrl(String text) {
      return StoreUrl.isOne(text);
    }

    /**
     * Parses the URL of a database.
     *
     * @throws IllegalArgumentException naming what is wrong with the URL, and repeating nothing of
     *     it
     */
    public static Database parse(String url, int connections) {
      return new Database(StoreUrl.parse(url), connections);
    }

    /** Whether a password stands in the URL. */
    public boolean holdsSecret() {
      return url.holdsSecret();
    }

    /**
     * The same with this password.
     *
     * @throws IllegalArgumentException if one stands in the URL
     */
    public Database withPassword(String password) {
      return new Database(url.withPassword(password), connections);
    }

    @Override
    public String toString() {
      return url.toString();
    }
  }
}
