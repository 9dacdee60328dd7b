package dev.trackerd.gateway.route;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One place in the trie: what may follow the segments that led here. Immutable.
 *
 * <p>A walk takes each literal before {@code *} before {@code **}, and a verb before none, but goes
 * back and tries the next until a route is accepted: no literal hides a route behind a wildcard.
 *
 * @param literals the next segment is one of these
 * @param one the next segment is any; null if there is no such template
 * @param ends the routes that end here, by verb, then by method
 * @param rests the routes that end with {@code **} here, by verb, then by method
 */
record TrieNode<G>(
    Map<String, TrieNode<G>> literals,
    TrieNode<G> one,
    Map<String, Map<String, Route<G>>> ends,
    Map<String, Map<String, Route<G>>> rests) {

  /** A place where a path may end, and the path without the verb that was used to get there. */
  record End<G>(Map<String, Route<G>> routes, RawPath path) {}

  /** Builds the node that {@code routes} share, whose first {@code depth} segments are equal. */
  static <G> TrieNode<G> of(List<Route<G>> routes, int depth) {
    Map<String, List<Route<G>>> byNext =
        routes.stream()
            .filter(route -> route.key().segments().size() > depth)
            .collect(Collectors.groupingBy(route -> route.key().segments().get(depth)));
    List<Route<G>> rest = byNext.remove(PathTemplate.REST);
    List<Route<G>> any = byNext.remove(PathTemplate.ONE);
    Map<String, TrieNode<G>> literals =
        byNext.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, next -> of(next.getValue(), depth + 1)));
    List<Route<G>> ending =
        routes.stream().filter(route -> route.key().segments().size() == depth).toList();
    return new TrieNode<>(
        literals,
        any == null ? null : of(any, depth + 1),
        byVerb(ending),
        byVerb(rest == null ? List.of() : rest));
  }

  private static <G> Map<String, Map<String, Route<G>>> byVerb(List<Route<G>> routes) {
    return routes.stream()
        .collect(
            Collectors.groupingBy(
                route -> route.key().verb(),
                TreeMap::new,
                Collectors.toUnmodifiableMap(route -> route.key().method(), Function.identity())));
  }

  /**
   * Offers every place where {@code path} may end, the most specific first, until one is accepted.
   *
   * @param depth how many segments led here
   */
  boolean walk(RawPath path, int depth, Predicate<End<G>> accepted) {
    if (depth == path.size()) {
      return offer(ends.get(""), path, accepted) || offer(rests.get(""), path, accepted);
    }
    TrieNode<G> literal = literals.get(path.decoded()[depth]);
    if (literal != null && literal.walk(path, depth + 1, accepted)) {
      return true;
    }
    boolean verb = path.verb() != null;
    if (one != null) {
      if (verb && depth == path.size() - 1) {
        if (offer(one.ends.get(path.verb()), path.withoutVerb(), accepted)) {
          return true;
        }
      }
      if (one.walk(path, depth + 1, accepted)) {
        return true;
      }
    }
    return (verb && offer(rests.get(path.verb()), path.withoutVerb(), accepted))
        || offer(rests.get(""), path, accepted);
  }

  private static <G> boolean offer(
      Map<String, Route<G>> routes, RawPath path, Predicate<End<G>> accepted) {
    return routes != null && accepted.test(new End<>(routes, path));
  }
}
