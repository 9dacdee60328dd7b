package dev.trackerd.server;

import java.io.Serial;

/** Why the server can't start, in one line for its operator. */
final class StartException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
