package dev.trackerd.gateway.json;

import com.google.protobuf.Message;

/** Writes the JSON of one field's values. Implementations are immutable once compiled. */
interface ValueWriter {

  /**
   * Writes a value.
   *
   * @param value as {@link Message#getField} returns it, or one element of it
   * @throws IllegalArgumentException if it has no JSON form
   */
  void write(Object value, JsonBuffer out);
}
