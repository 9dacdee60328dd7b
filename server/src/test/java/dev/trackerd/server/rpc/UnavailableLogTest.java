package dev.trackerd.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trackerd.server.store.StoreException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnavailableLogTest {
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong now = new AtomicLong(-5);
  private final UnavailableLog log = new UnavailableLog(logger(), now::get);

  @Test
  void failed_tellsTheFirstAtOnceAndTheOthersByTheirNumber() {
    for (int call = 0; call < 1000; call++) {
      log.failed(StoreException.unavailable("gone", new IllegalStateException()), "r" + call);
    }
    assertThat(lines.list).hasSize(1);
    ILoggingEvent first = lines.list.get(0);
    assertThat(first.getFormattedMessage())
        .isEqualTo("call failed: the store does not answer: gone");
    assertThat(first.getThrowableProxy()).isNull();
    assertThat(first.getKeyValuePairs()).extracting(pair -> pair.value).containsExactly("r0", 0L);
    now.addAndGet(Duration.ofSeconds(10).toNanos());
    log.failed(StoreException.unavailable("still gone"), "r1000");
    assertThat(lines.list).hasSize(2);
    assertThat(lines.list.get(1).getKeyValuePairs())
        .extracting(pair -> pair.value)
        .containsExactly("r1000", 999L);
  }

  private Logger logger() {
    LoggerContext context = new LoggerContext();
    Logger logger = context.getLogger("test");
    lines.start();
    logger.addAppender(lines);
    return logger;
  }
}
