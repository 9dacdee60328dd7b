package dev.trackerd.gateway.route;

import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * Finds what a method and a path lead to. Immutable and thread-safe.
 *
 * @param <G> what a route leads to: made, when the table is built, of all that was added for it
 */
public final class RouteTable<G> {

  private RouteTable() {}

  /** Returns a builder of an empty table. */
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /**
   * Finds the route of a request. A method compares exactly ({@code GET}); HEAD and OPTIONS mean
   * nothing here.
   *
   * @param rawPath the path as received: without query, not decoded
   * @throws RouteException if there is none
   */
  public RouteMatch<G> match(String method, String rawPath) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the methods that a path has; empty if no template matches it.
   *
   * @throws RouteException BAD_PATH
   */
  public SortedSet<String> methods(String rawPath) {
    throw new UnsupportedOperationException();
  }

  /** Collects the targets of a table. Not thread-safe. */
  public static final class Builder<T> {

    private Builder() {}

    /**
     * Adds a target. Those of one method and of templates that match the same paths share a route.
     */
    public Builder<T> add(String method, PathTemplate template, T target) {
      throw new UnsupportedOperationException();
    }

    /**
     * Builds the table.
     *
     * @param group makes what a route leads to of the targets that share it, in the order added;
     *     called once for each route. What it throws is thrown to the caller
     * @throws IllegalArgumentException if two templates of one route have a variable of one name at
     *     different places
     */
    public <G> RouteTable<G> build(Function<List<T>, G> group) {
      throw new UnsupportedOperationException();
    }
  }
}
