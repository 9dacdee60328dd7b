package dev.trackerd.server.auth;

import java.io.Serial;

/**
 * The master key can't be had, or isn't the store's. The message is one line for the operator, says
 * what to do, and never holds a part of a key.
 */
public final class MasterKeyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  MasterKeyException(String message) {
    super(message);
  }

  MasterKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
