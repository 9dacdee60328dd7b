package dev.trackerd.gateway.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log of a program: its lines go to standard error, because standard output belongs to what the
 * program has to say. Own loggers write from INFO on, those of libraries from WARN on, and the
 * logger {@code access} has one line for each call.
 */
public final class Logging {
  private static final String ACCESS = "access";

  private Logging() {}

  /**
   * Turns the log on, before anything else is done. Set up in code: reading logback's XML would be
   * a tenth of the time in which the program starts.
   *
   * @param environment {@code TRACKERD_LOG_FORMAT}: text (the default) or json; {@code
   *     TRACKERD_LOG_LEVEL}: the least level of own loggers
   * @throws IllegalArgumentException if one of these can't be; the message names it and what was
   *     expected
   */
  public static void start(Map<String, String> environment) {
    LogFormat format = format(environment.getOrDefault("TRACKERD_LOG_FORMAT", ""));
    Level level = level(environment.getOrDefault("TRACKERD_LOG_LEVEL", ""));
    configure(context(), format, level, new FileOutputStream(FileDescriptor.err));
    // gRPC logs through java.util.logging.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    // By itself the JVM prints this in the thread that failed, which may wait there for ever.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            LoggerFactory.getLogger(Logging.class)
                .error("thread {} came to an end", thread.getName(), failure));
  }

  /** Has one line for each call written, or none. */
  public static void access(boolean on) {
    context().getLogger(ACCESS).setLevel(on ? Level.INFO : Level.OFF);
  }

  /** Writes what was logged, for at most a second; nothing is logged after that. Idempotent. */
  public static void stop() {
    context().stop();
  }

  /** Makes {@code context} write to {@code out}, and to nothing else. */
  static void configure(LoggerContext context, LogFormat format, Level level, OutputStream out) {
    context.reset();
    BoundedAppender appender = new BoundedAppender(format, out);
    appender.setContext(context);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.addTurboFilter(new PeerFaults());
    // It tells of each connection that is lost; whoever uses the pool tells of the outage, once.
    context.getLogger("com.zaxxer.hikari").setLevel(Level.ERROR);
    context.getLogger("dev.trackerd").setLevel(level);
    context.getLogger(ACCESS).setLevel(Level.INFO);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static LogFormat format(String name) {
    try {
      return name.isBlank() ? LogFormat.TEXT : LogFormat.parse(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("TRACKERD_LOG_FORMAT: " + e.getMessage(), e);
    }
  }

  private static Level level(String name) {
    Level level = name.isBlank() ? Level.INFO : Level.toLevel(name.strip(), null);
    if (level == null) {
      throw new IllegalArgumentException(
          "TRACKERD_LOG_LEVEL: expected: trace, debug, info, warn, error or off");
    }
    return level;
  }
}
