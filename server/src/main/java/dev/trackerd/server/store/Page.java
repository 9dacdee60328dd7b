package dev.trackerd.server.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * A stretch of a list, in the order of creation.
 *
 * @param items never more than were asked for
 * @param next what to ask for after this page; empty if nothing follows
 */
public record Page<T>(List<T> items, OptionalLong next) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }
}
