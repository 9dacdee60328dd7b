package dev.trackerd.gateway.aws;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Status;
import dev.trackerd.gateway.json.JsonRules;
import dev.trackerd.gateway.json.JsonWriter;

/**
 * A failure as the dialect has it.
 *
 * @param httpStatus the HTTP status
 * @param type the bare name of the error's shape, such as {@code ResourceNotFoundException}
 * @param message for a person; empty if there is none
 */
record AwsError(int httpStatus, String type, String message) {

  private static final JsonWriter WRITER =
      JsonWriter.of(Struct.getDescriptor(), JsonRules.AWS_JSON);

  /** Returns what a failed call, or a request that came to no call, is in this dialect. */
  static AwsError of(Status status) {
    AwsErrorType type = AwsErrorType.of(status);
    return new AwsError(type.httpStatus(), type.shape(), status.getMessage());
  }

  /** Returns the body of the answer, in UTF-8: {@code {"__type":"…","message":"…"}}. */
  byte[] json() {
    Struct.Builder error = Struct.newBuilder().putFields("__type", text(type));
    if (!message.isEmpty()) {
      error.putFields("message", text(message));
    }
    return WRITER.write(error.build());
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
