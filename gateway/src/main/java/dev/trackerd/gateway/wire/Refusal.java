package dev.trackerd.gateway.wire;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Why a request is refused by HTTP's own rules. Its connection is to be closed after the answer.
 *
 * @param httpStatus what to answer with
 * @param message for a person
 */
public record Refusal(int httpStatus, String message) {

  private static final Refusal LONG_LINE = new Refusal(414, "The request line is too long.");
  private static final Refusal LONG_HEADER = new Refusal(431, "The header fields are too long.");
  private static final Refusal MALFORMED = new Refusal(400, "The request is not well-formed HTTP.");

  /** Returns why a request is refused, or empty if it is not. */
  public static Optional<Refusal> of(HttpServerRequest request) {
    if (request.decoderResult().isSuccess()) {
      return Optional.empty();
    }
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      return Optional.of(LONG_LINE);
    }
    return Optional.of(cause instanceof TooLongHttpHeaderException ? LONG_HEADER : MALFORMED);
  }
}
