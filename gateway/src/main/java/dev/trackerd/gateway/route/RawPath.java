package dev.trackerd.gateway.route;

import java.util.Optional;

/**
 * A path as received, split into its segments, which are decoded once. One trailing slash is passed
 * over.
 *
 * @param raw the segments as received
 * @param decoded the segments, decoded
 * @param verb what follows the last raw colon of the last segment, decoded; null if there is none.
 *     An escaped colon is part of a value
 */
record RawPath(String[] raw, String[] decoded, String verb) {

  /**
   * Splits a path.
   *
   * @return empty if it has an empty or a dot segment: such a path matches nothing
   * @throws RouteException BAD_PATH
   */
  static Optional<RawPath> of(String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    String inner = path.substring(1, Math.max(1, path.length() - (path.endsWith("/") ? 1 : 0)));
    String[] raw = inner.isEmpty() && path.length() < 2 ? new String[0] : inner.split("/", -1);
    String[] decoded = new String[raw.length];
    boolean matchable = true;
    for (int i = 0; i < raw.length; i++) {
      decoded[i] = Percent.decode(raw[i]);
      matchable &= !(decoded[i].isEmpty() || decoded[i].equals(".") || decoded[i].equals(".."));
    }
    return matchable ? Optional.of(new RawPath(raw, decoded, verbOf(raw))) : Optional.empty();
  }

  private static String verbOf(String[] raw) {
    String last = raw.length == 0 ? "" : raw[raw.length - 1];
    int colon = last.lastIndexOf(':');
    boolean named = colon > 0 && colon < last.length() - 1;
    return named ? Percent.decode(last.substring(colon + 1)) : null;
  }

  int size() {
    return raw.length;
  }

  /** Returns this path without its verb, which it must have. */
  RawPath withoutVerb() {
    String[] shorter = raw.clone();
    String last = shorter[shorter.length - 1];
    shorter[shorter.length - 1] = last.substring(0, last.lastIndexOf(':'));
    String[] values = decoded.clone();
    values[values.length - 1] = Percent.decode(shorter[shorter.length - 1]);
    return new RawPath(shorter, values, null);
  }
}
