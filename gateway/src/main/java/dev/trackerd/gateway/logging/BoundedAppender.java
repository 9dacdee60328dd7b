package dev.trackerd.gateway.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.trackerd.gateway.logging.LineBuffer.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.event.KeyValuePair;

/**
 * Writes log lines by a thread of its own, so that nobody who logs ever waits for who reads. What
 * waits to be written is bounded in bytes: lines beyond that are dropped and counted, those up to
 * INFO first, and the count is logged as soon as lines are written again. Logback's own
 * asynchronous appender drops without counting, and is bounded in events, which may be of any size.
 * Thread-safe.
 */
final class BoundedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final int CAPACITY_BYTES = 1 << 20;
  private static final long FLUSH_MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final LogFormat format;
  private final OutputStream out;
  private final LineBuffer lines = new LineBuffer(CAPACITY_BYTES);
  private final Thread writer = new Thread(this::write, "log");

  BoundedAppender(LogFormat format, OutputStream out) {
    this.format = format;
    this.out = out;
  }

  @Override
  public void start() {
    writer.setDaemon(true);
    writer.start();
    super.start();
  }

  /** Writes what is there, for at most one second. */
  @Override
  public void stop() {
    super.stop();
    lines.close();
    try {
      writer.join(FLUSH_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(format.line(event), event.getLevel().isGreaterOrEqual(Level.WARN));
  }

  private void write() {
    try {
      Batch batch = null;
      do {
        batch = lines.take(batch);
        write(batch);
      } while (batch.size() > 0 || !lines.isClosed());
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but to end it.
      Thread.currentThread().interrupt();
    }
  }

  private void write(Batch batch) {
    try {
      out.write(batch.bytes(), 0, batch.size());
      if (batch.dropped() > 0) {
        out.write(format.line(dropped(batch)));
      }
      out.flush();
    } catch (IOException e) {
      // Nobody reads any more, or the disk is full: there is no one to tell, and calls go on.
      addError("log lines could not be written", e);
    }
  }

  private LoggingEvent dropped(Batch batch) {
    Logger logger = ((LoggerContext) getContext()).getLogger(getClass());
    String message = "log lines were dropped: they are not read fast enough";
    LoggingEvent event = new LoggingEvent(null, logger, Level.WARN, message, null, null);
    event.setKeyValuePairs(
        List.of(
            new KeyValuePair("dropped", batch.dropped()),
            new KeyValuePair("warnings_dropped", batch.urgentDropped())));
    return event;
  }
}
