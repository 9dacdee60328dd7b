package dev.trackerd.gateway.json;

import dev.trackerd.gateway.json.TranscodeException.Violation;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one request, gathered so that its caller reads of all of it at once. */
public final class Faults {
  /** The most faults of one request that are told. */
  static final int MAX = 10;

  private final List<Violation> violations = new ArrayList<>();
  private final int max;

  /** None yet, and at most 10. */
  public Faults() {
    this(MAX);
  }

  /** None yet; the one that makes it {@code max} is the end. */
  Faults(int max) {
    this.max = max;
  }

  /**
   * Adds a failure.
   *
   * @throws TranscodeException if no more may be told
   */
  public void add(TranscodeException failure) {
    violations.addAll(failure.violations());
    if (violations.size() >= max) {
      throw new TranscodeException(violations.subList(0, max));
    }
  }

  /**
   * Does a part of the work on the request, and adds its failure if it has one.
   *
   * @throws TranscodeException if no more may be told
   */
  public void attempt(Runnable part) {
    try {
      part.run();
    } catch (TranscodeException e) {
      add(e);
    }
  }

  /**
   * Ends the work.
   *
   * @throws TranscodeException if anything is wrong
   */
  public void check() {
    if (!violations.isEmpty()) {
      throw new TranscodeException(violations);
    }
  }
}
