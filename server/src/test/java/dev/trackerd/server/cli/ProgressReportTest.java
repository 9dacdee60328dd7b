package dev.trackerd.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressReportTest {
  private final StringWriter err = new StringWriter();
  private long now;

  private ProgressReport report(boolean terminal) {
    return new ProgressReport(new PrintWriter(err), "exported", terminal, () -> now);
  }

  private void pass(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void elsewhere_isALineEachTwoSeconds() {
    ProgressReport report = report(false);
    report.expect(200);
    for (int step = 1; step <= 50; step++) {
      pass(100);
      report.at(step, step);
    }
    report.end();
    assertThat(err).hasToString("exported 20 (10 %)\nexported 40 (20 %)\n");
  }

  @Test
  void onATerminal_isABarThatGoesAway() {
    ProgressReport report = report(true);
    report.expect(200);
    pass(99);
    report.at(50, 50);
    assertThat(err).hasToString("");
    pass(1);
    report.at(100, 7);
    assertThat(err).hasToString("\r[" + "#".repeat(15) + " ".repeat(15) + "] exported 7 (50 %)");
    report.end();
    assertThat(err.toString()).endsWith("\r" + " ".repeat(80) + "\r");
  }

  @Test
  void withoutAnEnd_isTheNumberAlone() {
    ProgressReport report = report(true);
    pass(100);
    report.at(100, 7);
    assertThat(err).hasToString("\rexported 7");
  }
}
