package dev.trackerd.gateway.http;

/**
 * A request target in origin form (RFC 9112, 3.2.1).
 *
 * @param path as received
 * @param query as received, without {@code ?}; empty if there is none
 */
public record RequestTarget(String path, String query) {

  /**
   * Takes a target apart.
   *
   * @throws HttpFailure 400 if it has another form: a gateway is no proxy
   */
  static RequestTarget parse(String uri) {
    if (uri == null || !uri.startsWith("/") || uri.indexOf('#') >= 0) {
      throw HttpErrors.malformed(400, "The request target must be a path that begins with /.");
    }
    int mark = uri.indexOf('?');
    return mark < 0
        ? new RequestTarget(uri, "")
        : new RequestTarget(uri.substring(0, mark), uri.substring(mark + 1));
  }
}
