package dev.trackerd.server.store;

import java.util.Arrays;

/**
 * All of a tracker that its owner decides: what is searched, and the whole in the form that is
 * served. The store keeps both byte for byte; it looks into neither.
 *
 * @param name unique in the account, compared by the bytes of its UTF-8
 * @param message a serialized {@code tracker.v1.Tracker} without its id; not copied, not to be
 *     changed
 */
public record TrackerContent(String name, byte[] message) {

  @Override
  public boolean equals(Object other) {
    return other instanceof TrackerContent that
        && name.equals(that.name)
        && Arrays.equals(message, that.message);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(message);
  }

  @Override
  public String toString() {
    return "TrackerContent[" + name + ", " + message.length + " bytes]";
  }
}
