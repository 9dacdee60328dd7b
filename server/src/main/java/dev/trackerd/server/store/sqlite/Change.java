package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.Work;
import java.util.concurrent.CompletableFuture;

/** One caller's work on its way through the writer. */
final class Change<T> {
  /** Exactly one of the two counts: the value if there is no failure. */
  private record Outcome<T>(T value, Throwable failure) {}

  private final Work<T> work;
  private final CompletableFuture<Outcome<T>> published = new CompletableFuture<>();
  private Outcome<T> outcome;

  Change(Work<T> work) {
    this.work = work;
  }

  /**
   * Does the work, and keeps what came of it to itself.
   *
   * @return whether it succeeded, and so is to be committed
   */
  boolean run(Session session) {
    try {
      outcome = new Outcome<>(work.on(session), null);
    } catch (Throwable e) {
      outcome = new Outcome<>(null, e);
    }
    return outcome.failure() == null;
  }

  /** What the work threw, or null. */
  Throwable failure() {
    return outcome.failure();
  }

  /** Tells the caller what came of the work. */
  void publish() {
    published.complete(outcome);
  }

  /** Tells the caller that the work may not be in the database, whatever came of it before. */
  void fail(StoreException failure) {
    published.complete(new Outcome<>(null, failure));
  }

  /** Waits, even if interrupted, since the caller has to know what is in the database. */
  T await() {
    Outcome<T> result = published.join();
    if (result.failure() instanceof RuntimeException e) {
      throw e;
    }
    if (result.failure() instanceof Error e) {
      throw e;
    }
    if (result.failure() != null) {
      throw Failures.unavailable(result.failure());
    }
    return result.value();
  }
}
