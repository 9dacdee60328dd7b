package dev.trackerd.gateway.call;

import java.time.Duration;

/**
 * The {@code grpc-timeout} header: at most 8 digits and a unit, as "gRPC over HTTP2" has it ({@code
 * 500m}, {@code 5S}).
 */
public final class GrpcTimeout {

  private static final int MAX_DIGITS = 8;

  private GrpcTimeout() {}

  /**
   * Returns the time that a header stands for.
   *
   * @throws IllegalArgumentException if it is not of that form or is zero; its message says what
   *     was expected and may be shown
   */
  public static Duration parse(String header) {
    int last = header.length() - 1;
    if (last < 1 || last > MAX_DIGITS) {
      throw malformed();
    }
    long value = 0;
    for (int i = 0; i < last; i++) {
      char digit = header.charAt(i);
      if (digit < '0' || digit > '9') {
        throw malformed();
      }
      value = value * 10 + (digit - '0');
    }
    if (value == 0) {
      throw malformed();
    }
    return switch (header.charAt(last)) {
      case 'H' -> Duration.ofHours(value);
      case 'M' -> Duration.ofMinutes(value);
      case 'S' -> Duration.ofSeconds(value);
      case 'm' -> Duration.ofMillis(value);
      case 'u' -> Duration.ofNanos(value * 1_000);
      case 'n' -> Duration.ofNanos(value);
      default -> throw malformed();
    };
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "expected 1 to 8 digits, not all zero, and one of the units H, M, S, m, u, n: 500m");
  }
}
