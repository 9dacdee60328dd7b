package dev.trackerd.gateway.transcode;

import com.google.protobuf.Message;
import java.util.Optional;

/**
 * Walks the pages of a method (AIP-158) and writes them as one JSON document: {@link #prefix()},
 * {@link #items} of each page, {@link #suffix} of the last. Immutable and thread-safe.
 */
public final class Paging {

  Paging() {}

  /** Returns whether the query asks for one page by {@code pageSize} or {@code pageToken}. */
  public boolean isAskedFor(String rawQuery) {
    throw new UnsupportedOperationException();
  }

  /** Returns how the document begins: {@code {"trackers":[}. */
  public byte[] prefix() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns a page's items, separated by commas; empty if it has none.
   *
   * @param before whether an item was written before, so that a comma must come first
   */
  public byte[] items(Message reply, boolean before) {
    throw new UnsupportedOperationException();
  }

  /** Returns how the document ends: the other fields as the last page has them. */
  public byte[] suffix(Message lastReply) {
    throw new UnsupportedOperationException();
  }

  /** Returns the request for the page that follows, or empty after the last one. */
  public Optional<Message> next(Message request, Message reply) {
    throw new UnsupportedOperationException();
  }
}
