package dev.trackerd.gateway.route;

import dev.trackerd.gateway.route.PathTemplate.Variable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A method and a shape of path, and what they lead to.
 *
 * @param captures those of all templates that share the route
 */
record Route<G>(Key key, G target, List<Variable> captures) {

  /**
   * What makes a route: two templates with the same key match the same paths.
   *
   * @param verb empty if there is none
   */
  record Key(String method, List<String> segments, String verb) {
    static Key of(String method, PathTemplate template) {
      return new Key(method, template.segments(), template.verb());
    }
  }

  RouteMatch<G> match(RawPath path) {
    if (captures.size() == 1) {
      Variable only = captures.get(0);
      return new RouteMatch<>(target, Map.of(only.fieldPath(), value(only, path)));
    }
    Map<String, String> values = new HashMap<>();
    for (Variable variable : captures) {
      values.put(variable.fieldPath(), value(variable, path));
    }
    return new RouteMatch<>(target, Map.copyOf(values));
  }

  /** As http.proto says: in a value of many segments {@code %2F} stays as it is. */
  private static String value(Variable variable, RawPath path) {
    if (variable.isSingle()) {
      return path.decoded()[variable.from()];
    }
    int to = variable.to() < 0 ? path.size() : variable.to();
    return Arrays.stream(path.raw(), variable.from(), to)
        .map(Percent::decodeButSlash)
        .collect(Collectors.joining("/"));
  }
}
