package dev.trackerd.gateway.backend;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where servers are.
 *
 * @param entries at least one, each {@code HOST:PORT} or {@code dns:///NAME:PORT}; a name stands
 *     for all addresses that it has
 */
public record BackendAddresses(List<String> entries) {

  /** What is expected, for an error. */
  public static final String EXPECTED = "HOST:PORT or dns:///NAME:PORT";

  static final String SCHEME = "addresses";
  private static final String DNS = "dns";

  // gRPC itself takes port 80 where none is named, and notices others only when it connects.
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:dns://[^/,]*/)?(?<server>(?:\\[[^\\]]+]|[^/:]+):(?<port>[1-9][0-9]{0,4}))");

  /** Copies the entries. */
  public BackendAddresses {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a comma-separated list.
   *
   * @throws IllegalArgumentException if an entry is wrong or comes twice; names each such entry
   */
  public static BackendAddresses parse(String text) {
    List<String> entries = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String entry = part.strip();
      if (!isValid(entry)) {
        wrong.add("'" + entry + "'");
      } else if (entries.contains(entry)) {
        wrong.add("'" + entry + "' twice");
      } else {
        entries.add(entry);
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join(", ", wrong));
    }
    return new BackendAddresses(entries);
  }

  private static boolean isValid(String entry) {
    Matcher parts = ENTRY.matcher(entry);
    if (!parts.matches() || Integer.parseInt(parts.group("port")) > 65_535) {
      return false;
    }
    try {
      // As gRPC's resolver reads it.
      return new URI("//" + parts.group("server")).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Returns all entries as what gRPC calls a target. */
  String target() {
    return uri(SCHEME, String.join(",", entries)).toString();
  }

  /** Returns the targets of the entries, for the resolver that knows names. */
  static List<URI> targets(URI target) {
    List<URI> targets = new ArrayList<>();
    for (String entry : target.getPath().substring(1).split(",")) {
      targets.add(entry.startsWith(DNS + "://") ? URI.create(entry) : uri(DNS, entry));
    }
    return targets;
  }

  private static URI uri(String scheme, String path) {
    try {
      return new URI(scheme, "", "/" + path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
