package dev.trackerd.gateway.route;

import dev.trackerd.gateway.route.PathTemplate.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds what a method and a path lead to. Immutable and thread-safe.
 *
 * <p>Of several templates that match, the one with the earlier literal wins, then {@code *}, then
 * {@code **}; the order of registration means nothing. Only templates that have the method count,
 * so {@code GET /t/search} does not hide {@code DELETE /t/{id}} for the id {@code search}.
 *
 * @param <G> what a route leads to: made, when the table is built, of all that was added for it
 */
public final class RouteTable<G> {
  private final TrieNode<G> root;

  private RouteTable(TrieNode<G> root) {
    this.root = root;
  }

  /** Returns a builder of an empty table. */
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /**
   * Finds the route of a request. A method compares exactly ({@code GET}); HEAD and OPTIONS mean
   * nothing here.
   *
   * @param rawPath the path as received: without query, not decoded. One trailing slash is passed
   *     over; a path with an empty or a dot segment matches nothing
   * @throws RouteException if there is none
   */
  public RouteMatch<G> match(String method, String rawPath) {
    List<RouteMatch<G>> found = new ArrayList<>(1);
    walk(
        rawPath,
        end -> {
          Route<G> route = end.routes().get(method);
          return route != null && found.add(route.match(end.path()));
        });
    if (found.isEmpty()) {
      SortedSet<String> methods = methods(rawPath);
      throw methods.isEmpty()
          ? RouteException.notFound()
          : RouteException.methodNotAllowed(methods);
    }
    return found.get(0);
  }

  /**
   * Returns the methods that a path has; empty if no template matches it.
   *
   * @param rawPath as for {@link #match}
   * @throws RouteException BAD_PATH
   */
  public SortedSet<String> methods(String rawPath) {
    SortedSet<String> methods = new TreeSet<>();
    walk(
        rawPath,
        end -> {
          methods.addAll(end.routes().keySet());
          return false;
        });
    return methods;
  }

  private void walk(String rawPath, Predicate<TrieNode.End<G>> accepted) {
    RawPath.of(rawPath).ifPresent(path -> root.walk(path, 0, accepted));
  }

  /** Collects the targets of a table. Not thread-safe. */
  public static final class Builder<T> {

    private record Entry<T>(PathTemplate template, T target) {}

    private final Map<Route.Key, List<Entry<T>>> entries = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a target. Those of one method and of templates that match the same paths share a route.
     */
    public Builder<T> add(String method, PathTemplate template, T target) {
      entries
          .computeIfAbsent(Route.Key.of(method, template), key -> new ArrayList<>(1))
          .add(new Entry<>(template, target));
      return this;
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
      List<Route<G>> routes = new ArrayList<>();
      entries.forEach(
          (key, sharing) -> {
            List<T> targets = sharing.stream().map(Entry::target).toList();
            routes.add(new Route<>(key, group.apply(targets), captures(sharing)));
          });
      return new RouteTable<>(TrieNode.of(routes, 0));
    }

    private static <T> List<Variable> captures(List<Entry<T>> sharing) {
      Map<String, Variable> byName = new LinkedHashMap<>();
      for (Entry<T> entry : sharing) {
        for (Variable variable : entry.template().captures()) {
          Variable other = byName.putIfAbsent(variable.fieldPath(), variable);
          if (other != null && !other.equals(variable)) {
            throw new IllegalArgumentException(
                "path templates %s and %s share a route, but %s is not at the same place in both"
                    .formatted(sharing.get(0).template(), entry.template(), variable.fieldPath()));
          }
        }
      }
      return List.copyOf(byName.values());
    }
  }
}
