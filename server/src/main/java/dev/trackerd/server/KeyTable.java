package dev.trackerd.server;

import dev.trackerd.server.store.ApiKey;
import java.io.PrintWriter;
import java.util.List;

/** Shows keys to a person: one line each under a heading, columns aligned; never a secret. */
final class KeyTable {
  private static final String HEADING = "ID";

  private KeyTable() {}

  static void print(List<ApiKey> keys, PrintWriter out) {
    int width = keys.stream().mapToInt(key -> key.id().length()).max().orElse(HEADING.length());
    String line = "%-" + Math.max(width, HEADING.length()) + "s  %-12s  %-24s  %s%n";
    out.printf(line, HEADING, "ACCOUNT", "CREATED", "STATE");
    for (ApiKey key : keys) {
      String state = key.revokedAt().map(at -> "revoked " + at).orElse("active");
      out.printf(line, key.id(), key.account(), key.createdAt(), state);
    }
  }
}
