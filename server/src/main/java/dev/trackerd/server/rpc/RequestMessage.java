package dev.trackerd.server.rpc;

import com.google.protobuf.MessageLite;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The message of a request. A large one is parsed when it is asked for, on the thread that asks:
 * the thread that it came on has other connections to look after.
 */
final class RequestMessage<Q extends MessageLite> {
  private static final int LARGE = 16 << 10;

  private final MethodDescriptor<Q, ?> method;
  private final int size;
  private byte[] bytes;
  private Q message;

  private RequestMessage(MethodDescriptor<Q, ?> method, int size, byte[] bytes, Q message) {
    this.method = method;
    this.size = size;
    this.bytes = bytes;
    this.message = message;
  }

  /**
   * Reads what came.
   *
   * @param stream not used after this returns
   * @throws RequestException MESSAGE_MALFORMED if it is small and no message of the method, or
   *     MESSAGE_TOO_LARGE if it is compressed and would be too large
   */
  static <Q extends MessageLite> RequestMessage<Q> read(
      InputStream stream, MethodDescriptor<Q, ?> method) {
    try {
      // Inside the process the stream is the message; it has a length too.
      boolean encoded = stream instanceof KnownLength && !(stream instanceof io.grpc.Drainable);
      if (encoded && stream.available() > LARGE) {
        byte[] bytes = stream.readAllBytes();
        return new RequestMessage<>(method, bytes.length, bytes, null);
      }
      Q message = Malformed.guard(() -> method.parseRequest(stream));
      return new RequestMessage<>(method, message.getSerializedSize(), null, message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Length as encoded. */
  int size() {
    return size;
  }

  /** Whether asking for the message costs nothing. */
  boolean isParsed() {
    return message != null;
  }

  /**
   * Returns the message, the same each time.
   *
   * @throws RequestException MESSAGE_MALFORMED
   */
  Q message() {
    if (message == null) {
      message = Malformed.guard(() -> method.parseRequest(new ByteArrayInputStream(bytes)));
      bytes = null;
    }
    return message;
  }
}
