package dev.trackerd.gateway.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.rpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A failure as the dialect has it.
 *
 * @param httpStatus the HTTP status
 * @param type the bare name of the error's shape, such as {@code ResourceNotFoundException}
 * @param message for a person; empty if there is none
 */
record AwsError(int httpStatus, String type, String message) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Returns what a failed call, or a request that came to no call, is in this dialect. */
  static AwsError of(Status status) {
    AwsErrorType type = AwsErrorType.of(status);
    return new AwsError(type.httpStatus(), type.shape(), status.getMessage());
  }

  /** Returns the body of the answer, in UTF-8: {@code {"__type":"…","message":"…"}}. */
  byte[] json() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("__type", type);
      if (!message.isEmpty()) {
        json.writeStringField("message", message);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
