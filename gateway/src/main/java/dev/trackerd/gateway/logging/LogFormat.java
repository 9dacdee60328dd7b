package dev.trackerd.gateway.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Locale;

/** How a line looks. */
public enum LogFormat {
  /** To be read by people. */
  TEXT {
    @Override
    byte[] line(ILoggingEvent event) {
      return TextLines.of(event);
    }
  },
  /** One flat JSON object a line. */
  JSON {
    @Override
    byte[] line(ILoggingEvent event) {
      return JsonLines.of(event);
    }
  };

  /** The event in UTF-8, with the line break that ends it. */
  abstract byte[] line(ILoggingEvent event);

  /**
   * Returns the format of that name, in lower case as operators write it.
   *
   * @throws IllegalArgumentException if there is none; the message says what was expected
   */
  static LogFormat parse(String name) {
    for (LogFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException("expected: text or json");
  }
}
