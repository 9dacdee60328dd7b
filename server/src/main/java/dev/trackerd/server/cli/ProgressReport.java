package dev.trackerd.server.cli;

import dev.trackerd.server.transfer.TransferProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells people how far a transfer is: a bar on a terminal, elsewhere a line now and then. */
final class ProgressReport implements TransferProgress {
  private static final long BAR_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LINE_EVERY = TimeUnit.SECONDS.toNanos(2);
  private static final int WIDTH = 30;

  private final PrintWriter err;
  private final String verb;
  private final boolean terminal;
  private final LongSupplier ticker;
  private long expected;
  private long last;

  /**
   * A report of nothing yet.
   *
   * @param verb what is done to the things, such as {@code exported}
   * @param terminal whether people watch {@code err} on one
   * @param ticker nanoseconds since any moment
   */
  ProgressReport(PrintWriter err, String verb, boolean terminal, LongSupplier ticker) {
    this.err = err;
    this.verb = verb;
    this.terminal = terminal;
    this.ticker = ticker;
    this.last = ticker.getAsLong();
  }

  /** A report of nothing yet to whoever reads this process's standard error, by {@code err}. */
  static ProgressReport to(PrintWriter err, String verb) {
    return new ProgressReport(err, verb, isOnTerminal(), System::nanoTime);
  }

  @Override
  public void expect(long steps) {
    expected = steps;
  }

  @Override
  public void at(long step, long things) {
    long now = ticker.getAsLong();
    if (now - last >= (terminal ? BAR_EVERY : LINE_EVERY)) {
      last = now;
      err.print(terminal ? "\r" + bar(step) + text(step, things) : text(step, things) + "\n");
      err.flush();
    }
  }

  /** Takes the bar away; what is told after it stands on a line of its own. */
  void end() {
    if (terminal) {
      err.print("\r" + " ".repeat(2 * WIDTH + 20) + "\r");
      err.flush();
    }
  }

  private String text(long step, long things) {
    String share = expected > 0 ? " (%d %%)".formatted(100 * step / expected) : "";
    return verb + " " + things + share;
  }

  private String bar(long step) {
    if (expected == 0) {
      return "";
    }
    int done = (int) Math.min(WIDTH, WIDTH * step / expected);
    return "[" + "#".repeat(done) + " ".repeat(WIDTH - done) + "] ";
  }

  /**
   * Whether the standard error of this process is a terminal, as Linux tells; no where it can't.
   */
  private static boolean isOnTerminal() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).startsWith("/dev/pts");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
