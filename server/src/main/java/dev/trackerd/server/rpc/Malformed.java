package dev.trackerd.server.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.trackerd.v1.ErrorReason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Functions over bytes that are no message of their method: the caller's fault, not the server's.
 */
final class Malformed {
  private static final Logger LOG = LoggerFactory.getLogger(Malformed.class);

  private Malformed() {}

  /**
   * Runs gRPC's parser.
   *
   * @throws RequestException MESSAGE_MALFORMED, or MESSAGE_TOO_LARGE for what is too large once it
   *     is decompressed
   */
  static <T> T guard(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (StatusRuntimeException e) {
      LOG.debug("message refused: {}", e.getMessage());
      if (e.getCause() instanceof InvalidProtocolBufferException) {
        throw RequestException.malformed("bytes that are no message of the method");
      }
      if (e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
        throw new RequestException(
            ErrorReason.MESSAGE_TOO_LARGE,
            "The message is larger than 4 MiB once it is decompressed.");
      }
      throw e;
    }
  }
}
