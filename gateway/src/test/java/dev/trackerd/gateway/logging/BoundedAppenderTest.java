package dev.trackerd.gateway.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;

/** A log that nobody reads, or that nobody can write. */
@Timeout(60)
class BoundedAppenderTest {
  private static final int CALLS = 100_000;
  private static final Pattern DROPPED =
      Pattern.compile("WARN  BoundedAppender: .* dropped=\"(\\d+)\" warnings_dropped=\"(\\d+)\"");

  private final LoggerContext context = new LoggerContext();
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private final OutputStream blocked =
      new OutputStream() {
        @Override
        public void write(int one) {
          written.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
          entered.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          written.write(bytes, from, length);
        }
      };

  private Logger access(OutputStream out) {
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.start();
    Logging.configure(context, LogFormat.TEXT, Level.INFO, out);
    return context.getLogger("access");
  }

  @Test
  void append_waitsForNobody_andCountsWhatItDrops() throws Exception {
    Logger access = access(blocked);
    access.info("first");
    entered.await();
    for (int call = 0; call < CALLS; call++) {
      access.info("call");
    }
    for (int warning = 0; warning < 1000; warning++) {
      access.warn("trouble");
    }
    gate.countDown();
    context.stop();

    List<String> lines = written.toString(UTF_8).lines().toList();
    long calls = lines.stream().filter(line -> line.endsWith(" access: call")).count();
    assertThat(lines).filteredOn(line -> line.endsWith(" access: trouble")).hasSize(1000);
    List<Matcher> dropped = lines.stream().map(DROPPED::matcher).filter(Matcher::find).toList();
    assertThat(dropped).hasSize(1);
    assertThat(calls).isPositive().isLessThan(CALLS);
    assertThat(Long.parseLong(dropped.get(0).group(1))).isEqualTo(CALLS - calls);
    assertThat(dropped.get(0).group(2)).isEqualTo("0");
    // At most the room that lines up to INFO have.
    assertThat(written.size()).isBetween(700_000, 1_000_000);
  }

  @Test
  void warnings_areDroppedToo_whenAllRoomIsTaken() throws Exception {
    Logger access = access(blocked);
    access.info("first");
    entered.await();
    for (int call = 0; call < CALLS; call++) {
      access.warn("trouble");
    }
    gate.countDown();
    context.stop();

    String text = written.toString(UTF_8);
    long kept = text.lines().filter(line -> line.endsWith(" access: trouble")).count();
    Matcher dropped = DROPPED.matcher(text);
    assertThat(dropped.find()).isTrue();
    assertThat(kept).isPositive();
    assertThat(Long.parseLong(dropped.group(2))).isEqualTo(CALLS - kept);
    assertThat(dropped.group(1)).isEqualTo(dropped.group(2));
  }

  @Test
  void stop_endsWithoutAReader() throws Exception {
    Logger access = access(blocked);
    access.info("first");
    entered.await();
    access.info("second");

    long begin = System.nanoTime();
    context.stop();

    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(30);
    assertThat(written.size()).isZero();
    access.info("after the end");
    gate.countDown();
  }

  @Test
  void lines_areWrittenAgain_afterTheyCouldNotBe() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    Logger access =
        access(
            new OutputStream() {
              @Override
              public void write(int one) {
                written.write(one);
              }

              @Override
              public void write(byte[] bytes, int from, int length) throws IOException {
                if (failed.getCount() > 0) {
                  failed.countDown();
                  throw new IOException("no space left");
                }
                written.write(bytes, from, length);
              }
            });
    access.info("lost");
    failed.await();
    access.info("kept");
    context.stop();

    assertThat(written.toString(UTF_8)).contains("kept").doesNotContain("lost");
  }
}
