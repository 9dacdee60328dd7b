package dev.trackerd.gateway.http;

import io.vertx.core.MultiMap;

/**
 * A way to speak of RPCs over HTTP: how a request finds its RPC, and how answers look.
 * Implementations are thread-safe.
 */
public interface Dialect {

  /**
   * A failure as a dialect has it.
   *
   * @param httpStatus the HTTP status
   * @param body the whole body
   */
  record Failed(int httpStatus, byte[] body) {}

  /**
   * Returns whether a request is of this dialect, or was meant to be: it is answered here then, be
   * it with a failure.
   *
   * @throws HttpFailure if nobody can answer it
   */
  boolean isMeant(Exchange exchange);

  /**
   * Answers a request, now or later. Called on the connection's thread; must not block.
   *
   * @throws HttpFailure what the answer is then
   */
  void answer(Exchange exchange);

  /**
   * Adds the headers that say what the answer is: every answer has them, with a body or without.
   */
  void describe(Exchange exchange, MultiMap headers);

  /** Returns a failure as this dialect has it, and adds the headers that only failures have. */
  Failed fail(HttpFailure failure, MultiMap headers);
}
