package dev.trackerd.server.transfer;

import java.io.Serial;

/**
 * Why something can't be moved. The message is one line for the operator; it names no phrase and no
 * secret.
 */
public final class TransferException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  TransferException(String message) {
    this(message, null);
  }

  TransferException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A member of a line that is not as expected. */
  static TransferException member(String path, String expected) {
    return new TransferException(path + ": expected: " + expected);
  }
}
