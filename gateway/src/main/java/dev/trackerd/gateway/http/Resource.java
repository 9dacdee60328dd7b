package dev.trackerd.gateway.http;

import java.util.Set;

/**
 * Something served that is no RPC: the probes, the management page. Implementations are
 * thread-safe.
 */
public interface Resource {

  /** Returns whether a request is for this. */
  boolean has(Exchange exchange);

  /** Returns what the log calls the path of a request for this, such as {@code /files/{name}}. */
  String template(Exchange exchange);

  /** Returns the HTTP methods that it has, but for HEAD and OPTIONS. Unmodifiable. */
  Set<String> methods();

  /**
   * Answers a request for it, now or later. Called on the connection's thread; must not block.
   *
   * @param method one of {@link #methods}; HEAD counts as GET
   * @throws HttpFailure what the answer is then
   */
  void answer(Exchange exchange, String method);
}
