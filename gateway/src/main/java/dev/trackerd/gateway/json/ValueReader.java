package dev.trackerd.gateway.json;

import com.google.protobuf.Message;

/** Reads one JSON value for one field. Implementations are immutable once compiled. */
interface ValueReader {

  /**
   * Reads the value on whose first token the cursor stands, and leaves it on the last.
   *
   * @param holder the builder of the message with the field, to make builders for it
   * @return what the holder takes for the field, or for one element of it
   * @throws TranscodeException if the value does not fit; names the path
   */
  Object read(JsonCursor json, Message.Builder holder);
}
