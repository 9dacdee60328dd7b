package dev.trackerd.gateway.route;

import java.util.List;

/** A path template of {@code google.api.http}. Immutable. */
public final class PathTemplate {

  private PathTemplate() {}

  /**
   * Parses a template: {@code /v1/{name=shelves/*}/books/{book.id}:verb}.
   *
   * @throws IllegalArgumentException if it is not one; names the column, counted from 1
   */
  public static PathTemplate parse(String template) {
    throw new UnsupportedOperationException();
  }

  /** Returns the field paths of the variables, in order. */
  public List<String> variables() {
    throw new UnsupportedOperationException();
  }
}
