package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.TrackerKey;
import dev.trackerd.server.store.sql.Work;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One caller's work on its way through the writer. */
final class Change<T> {
  private final Work<T> work;
  private final Optional<TrackerKey> tracker;
  private final CountDownLatch published = new CountDownLatch(1);
  private long since;
  // Exactly one of the two counts: the value if there is no failure. The latch hands them over.
  private T value;
  private Throwable failure;

  /**
   * A change that nobody works on yet.
   *
   * @param tracker the one it changes, if it is one that copies are kept of
   */
  Change(Work<T> work, Optional<TrackerKey> tracker) {
    this.work = work;
    this.tracker = tracker;
  }

  Optional<TrackerKey> tracker() {
    return tracker;
  }

  /** Sets when it began to wait, in ticks of its queue. */
  void waitsSince(long ticks) {
    since = ticks;
  }

  long waitsSince() {
    return since;
  }

  /**
   * Does the work, and keeps what came of it to itself.
   *
   * @return whether it succeeded, and so is to be committed
   */
  boolean run(Session session) {
    try {
      value = work.on(session);
    } catch (Throwable e) {
      failure = e;
    }
    return failure == null;
  }

  /** What the work threw, or null. */
  Throwable failure() {
    return failure;
  }

  /** Tells the caller what came of the work. */
  void publish() {
    published.countDown();
  }

  /**
   * Tells the caller that the work may not be in the database, whatever came of it before; does
   * nothing if it was told already. Needs no memory, of which there may be none left.
   */
  void fail(StoreException unavailable) {
    if (published.getCount() > 0) {
      failure = unavailable;
      published.countDown();
    }
  }

  /** Waits, even if interrupted, since the caller has to know what is in the database. */
  T await() {
    awaitPublished();
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw Failures.unavailable(failure);
    }
    return value;
  }

  private void awaitPublished() {
    boolean interrupted = false;
    while (true) {
      try {
        published.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
