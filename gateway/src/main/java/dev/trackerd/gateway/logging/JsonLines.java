package dev.trackerd.gateway.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.event.KeyValuePair;

/**
 * Lines for programs: one flat JSON object each, with {@code timestamp} (milliseconds since 1970),
 * {@code level}, {@code threadName}, {@code loggerName}, {@code formattedMessage}, each name-value
 * pair under its own name, numbers as numbers, and {@code throwable}, the stack as text.
 * Thread-safe.
 */
final class JsonLines {
  private static final int TYPICAL_BYTES = 320;
  private static final JsonFactory JSON = new JsonFactory();

  private JsonLines() {}

  static byte[] of(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(TYPICAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("timestamp", event.getTimeStamp());
      json.writeStringField("level", event.getLevel().toString());
      json.writeStringField("threadName", event.getThreadName());
      json.writeStringField("loggerName", event.getLoggerName());
      json.writeStringField("formattedMessage", event.getFormattedMessage());
      if (event.getKeyValuePairs() != null) {
        for (KeyValuePair pair : event.getKeyValuePairs()) {
          pair(json, pair);
        }
      }
      if (event.getThrowableProxy() != null) {
        json.writeStringField("throwable", ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail to be written to", e);
    }
    return line.toByteArray();
  }

  private static void pair(JsonGenerator json, KeyValuePair pair) throws IOException {
    json.writeFieldName(pair.key);
    if (pair.value instanceof Long || pair.value instanceof Integer) {
      json.writeNumber(((Number) pair.value).longValue());
    } else {
      json.writeString(String.valueOf(pair.value));
    }
  }
}
