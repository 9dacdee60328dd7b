package dev.trackerd.gateway.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * Lines for people: time in UTC, level, the last part of the logger's name, message, {@code
 * name="value"} pairs, and a stack below. One event, one line: what was logged can't forge another
 * event nor steer a terminal, because control characters become spaces, and a stack is indented.
 * Thread-safe.
 */
final class TextLines {
  private static final int TYPICAL_CHARACTERS = 192;
  private static final int LEVEL_WIDTH = 5;
  private static final Pattern LINE_START = Pattern.compile("\\R(?![\\t\\r\\n]|$)");
  private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}&&[^\\t\\r\\n]]+");

  /** The second that was printed last: most lines share it with the one before. */
  private record Second(long epoch, String text) {}

  private static volatile Second second = new Second(Long.MIN_VALUE, "");

  private TextLines() {}

  static byte[] of(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(TYPICAL_CHARACTERS);
    time(line, event.getTimeStamp());
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length())));
    String logger = event.getLoggerName();
    line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
    harmless(line, event.getFormattedMessage());
    pairs(line, event.getKeyValuePairs());
    line.append('\n');
    IThrowableProxy failure = event.getThrowableProxy();
    if (failure != null) {
      stack(line, ThrowableProxyUtil.asString(failure).stripTrailing());
    }
    return line.toString().getBytes(UTF_8);
  }

  private static void stack(StringBuilder line, String stack) {
    String text = NO_TEXT.matcher(stack).replaceAll(" ");
    line.append(LINE_START.matcher(text).replaceAll("\n\t")).append('\n');
  }

  private static void time(StringBuilder line, long millis) {
    long epoch = Math.floorDiv(millis, 1000L);
    Second last = second;
    if (last.epoch() != epoch) {
      String text = Instant.ofEpochSecond(epoch).toString();
      last = new Second(epoch, text.substring(0, text.length() - 1) + '.');
      second = last;
    }
    int rest = Math.floorMod(millis, 1000);
    line.append(last.text()).append((char) ('0' + rest / 100));
    line.append((char) ('0' + rest / 10 % 10)).append((char) ('0' + rest % 10)).append('Z');
  }

  private static void pairs(StringBuilder line, List<KeyValuePair> pairs) {
    if (pairs == null) {
      return;
    }
    for (KeyValuePair pair : pairs) {
      String value = String.valueOf(pair.value);
      if (value.indexOf('"') >= 0 || value.indexOf('\\') >= 0) {
        value = value.replace("\\", "\\\\").replace("\"", "\\\"");
      }
      line.append(' ').append(pair.key).append("=\"");
      harmless(line, value);
      line.append('"');
    }
  }

  /** Appends {@code text} with one space for each run of control characters. */
  private static void harmless(StringBuilder line, String text) {
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      if (isControl(text.charAt(at))) {
        line.append(text, from, at);
        if (from < at || at == 0) {
          line.append(' ');
        }
        from = at + 1;
      }
    }
    line.append(text, from, text.length());
  }

  /** Also the two line breaks that only Unicode knows. */
  private static boolean isControl(char c) {
    return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
  }
}
