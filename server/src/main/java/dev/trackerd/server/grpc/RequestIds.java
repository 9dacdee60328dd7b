package dev.trackerd.server.grpc;

import io.grpc.Metadata;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Request ids: taken from the caller where they are fit for a log line, made otherwise. */
final class RequestIds {
  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Pattern FIT = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private RequestIds() {}

  static String of(Metadata headers) {
    String given = headers.get(HEADER);
    return given != null && FIT.matcher(given).matches() ? given : random();
  }

  /** Names a call, and guards nothing: a fast generator will do. */
  private static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
