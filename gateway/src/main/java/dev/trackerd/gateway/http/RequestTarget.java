package dev.trackerd.gateway.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request is for, whichever form its target has (RFC 9112, 3.2).
 *
 * @param path as received
 * @param query as received, without {@code ?}; empty if there is none
 */
public record RequestTarget(String path, String query) {

  private static final Pattern ABSOLUTE =
      Pattern.compile("(?<scheme>(?i:https?))://(?<host>[^/?]+)(?<rest>.*)");

  /**
   * Takes a target apart.
   *
   * @param host what the {@code Host} header says, or null
   * @throws HttpFailure 400 if it is neither a path nor a URI of the same host: a gateway is no
   *     proxy
   */
  static RequestTarget parse(String uri, String host) {
    if (uri == null || uri.indexOf('#') >= 0) {
      throw malformed();
    }
    return origin(uri.startsWith("/") ? uri : local(uri, host));
  }

  /** Takes away what every server must take (RFC 9112, 3.2.2): scheme and host. */
  private static String local(String uri, String host) {
    Matcher absolute = ABSOLUTE.matcher(uri);
    if (host == null || !absolute.matches()) {
      throw malformed();
    }
    String port = absolute.group("scheme").equalsIgnoreCase("http") ? ":80" : ":443";
    if (!without(port, absolute.group("host")).equalsIgnoreCase(without(port, host))) {
      throw malformed();
    }
    String rest = absolute.group("rest");
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  private static String without(String port, String host) {
    return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
  }

  private static RequestTarget origin(String target) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new RequestTarget(target, "")
        : new RequestTarget(target.substring(0, mark), target.substring(mark + 1));
  }

  private static HttpFailure malformed() {
    return HttpErrors.malformed(
        400, "The request target must be a path that begins with /, or a URI of this host.");
  }
}
