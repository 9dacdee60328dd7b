package dev.trackerd.gateway.http;

import io.vertx.core.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} header (RFC 9110, 5.6.7), formatted once a second. Thread-safe. */
public final class HttpDate {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Clock clock;
  private volatile Formatted latest = new Formatted(Long.MIN_VALUE, "");

  HttpDate(Clock clock) {
    this.clock = clock;
  }

  /** Returns the date as of now. */
  CharSequence now() {
    long second = Math.floorDiv(clock.millis(), 1_000L);
    Formatted formatted = latest;
    if (formatted.second != second) {
      String text = FORMAT.format(Instant.ofEpochSecond(second));
      formatted = new Formatted(second, HttpHeaders.createOptimized(text));
      latest = formatted;
    }
    return formatted.text;
  }

  private record Formatted(long second, CharSequence text) {}
}
