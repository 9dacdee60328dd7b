package dev.trackerd.gateway.route;

import java.util.Map;

/**
 * What a request's method and path lead to.
 *
 * @param target what the table holds for the route
 * @param variables the values of the template's variables, decoded, by field path; where several
 *     templates share the route, those of all of them. Unmodifiable
 */
public record RouteMatch<G>(G target, Map<String, String> variables) {}
