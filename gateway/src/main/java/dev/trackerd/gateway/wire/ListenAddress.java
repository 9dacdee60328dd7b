package dev.trackerd.gateway.wire;

/**
 * Where a program listens.
 *
 * @param host a name or a number; one of IPv6 may be given in brackets, and has none here
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {

  /** Takes the brackets away that URLs have. */
  public ListenAddress {
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
  }

  /**
   * Returns host and port as a client takes them: what listens everywhere is reached on loopback.
   *
   * @param port the one that was bound
   */
  public String reached(int port) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1:" + port;
      case "::" -> "[::1]:" + port;
      default -> new ListenAddress(host, port).toString();
    };
  }

  /** Returns host and port as they were asked for. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
