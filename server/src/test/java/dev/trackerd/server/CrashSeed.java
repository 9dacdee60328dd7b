package dev.trackerd.server;

import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The seed of a test that kills programs: {@code -Dtrackerd.crash.seed}, or another each time. A
 * test that fails tells it. It chooses what is written, and after how many answers the kill comes;
 * not where it hits.
 */
public final class CrashSeed implements TestExecutionExceptionHandler {
  private final long seed = Long.getLong("trackerd.crash.seed", System.nanoTime());

  /** Random numbers that follow from the seed. */
  public SplittableRandom random() {
    return new SplittableRandom(seed);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext test, Throwable failure) {
    throw new AssertionError(
        "-Dtrackerd.crash.seed=" + seed + ": " + failure.getMessage(), failure);
  }
}
