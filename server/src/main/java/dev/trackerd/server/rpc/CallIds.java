package dev.trackerd.server.rpc;

import io.grpc.Metadata;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Request ids: taken from the caller where they are fit for a log line, made otherwise. */
final class CallIds {
  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final int MAX_LENGTH = 128;

  private CallIds() {}

  static String of(Metadata headers) {
    String given = headers.get(HEADER);
    return given != null && isFit(given) ? given : random();
  }

  private static boolean isFit(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) <= ' ' || id.charAt(i) > '~') {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= MAX_LENGTH;
  }

  /** Names a call, and guards nothing: a fast generator will do. */
  private static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
