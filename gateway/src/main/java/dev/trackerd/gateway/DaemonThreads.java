package dev.trackerd.gateway;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions that make threads which keep no program from ending. */
public final class DaemonThreads {

  private DaemonThreads() {}

  /** Returns a factory of threads that are named {@code name-1}, {@code name-2}, … Thread-safe. */
  public static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
