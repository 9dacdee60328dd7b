package dev.trackerd.server.auth;

import java.io.Serial;

/**
 * A token is not, or no longer, good. It carries no reason, since the reason would help the forger
 * alone; the log has it at debug level. Holds no stack either: refusing must stay cheap.
 */
public final class InvalidTokenException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  InvalidTokenException() {
    super("Token validation failed for provided token.", null, false, false);
  }
}
