package dev.trackerd.server.auth;

import java.io.Serial;

/**
 * A key can't be made, made sure of or revoked as asked. The message is one line for the operator
 * and never holds a secret.
 */
public final class ApiKeyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ApiKeyException(String message) {
    super(message);
  }
}
