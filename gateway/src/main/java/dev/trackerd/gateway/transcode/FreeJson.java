package dev.trackerd.gateway.transcode;

import com.fasterxml.jackson.core.JsonToken;
import java.util.HashSet;
import java.util.Set;

/** Checks JSON that no descriptor describes: unknown members and {@code google.protobuf.Value}. */
final class FreeJson {

  private FreeJson() {}

  /** Takes any value without members of the same name and numbers that a double can't hold. */
  static void any(JsonCursor json) {
    switch (json.token()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json);
      default -> {}
    }
  }

  /** Takes any object. */
  static void object(JsonCursor json) {
    if (json.token() != JsonToken.START_OBJECT) {
      throw json.mismatch("an object");
    }
    Set<String> names = new HashSet<>();
    while (json.next() == JsonToken.FIELD_NAME) {
      if (!names.add(json.text())) {
        throw json.error(MessageCheck.TWICE);
      }
      json.next();
      any(json);
    }
  }

  /** Takes any array. */
  static void array(JsonCursor json) {
    if (json.token() != JsonToken.START_ARRAY) {
      throw json.mismatch("an array");
    }
    while (json.next() != JsonToken.END_ARRAY) {
      any(json);
    }
  }

  private static void number(JsonCursor json) {
    if (Double.isInfinite(Double.parseDouble(json.text()))) {
      throw json.error("expected a number that a double can hold");
    }
  }
}
