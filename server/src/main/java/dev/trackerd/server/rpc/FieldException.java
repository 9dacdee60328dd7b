package dev.trackerd.server.rpc;

import dev.trackerd.server.store.StoreException;
import java.io.Serial;

/**
 * A failure of the store that one field of the request is to blame for. It becomes the status that
 * the failure itself is, with the field named in its text and details.
 */
public final class FieldException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String field;
  private final StoreException failure;

  /**
   * A failure because of {@code field}.
   *
   * @param field its path in the request message, such as {@code trackers[2].name}
   */
  public FieldException(String field, StoreException failure) {
    super(field, failure, false, false);
    this.field = field;
    this.failure = failure;
  }

  String field() {
    return field;
  }

  StoreException failure() {
    return failure;
  }
}
