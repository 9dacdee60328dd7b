package dev.trackerd.gateway.json;

import com.google.protobuf.Message;

/** Reads the JSON value of a whole field, be it a map or an array, into a message. */
interface FieldReader {

  /** As {@link ValueReader#read}, but stores what it reads. */
  void read(JsonCursor json, Message.Builder into);
}
