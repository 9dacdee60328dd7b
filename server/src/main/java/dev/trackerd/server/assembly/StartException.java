package dev.trackerd.server.assembly;

import java.io.Serial;

/** Why the server can't start, in one line for its operator. */
public final class StartException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
