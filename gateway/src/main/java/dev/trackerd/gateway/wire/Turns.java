package dev.trackerd.gateway.wire;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs work that would keep a connection's thread for long, one piece of each connection after
 * another: whoever has much to do waits for itself. Bounded by {@link Places}. Thread-safe.
 */
public final class Turns {

  private final Queue<Share> queue = new ArrayDeque<>();

  /**
   * Runs a task when its connection's turn comes.
   *
   * @param task must not throw
   * @param workers run tasks, of this connection or another
   */
  public void submit(Share share, Runnable task, Executor workers) {
    synchronized (this) {
      share.tasks.add(task);
      if (share.tasks.size() == 1) {
        queue.add(share);
      }
    }
    workers.execute(this::runNext);
  }

  private void runNext() {
    Runnable task;
    synchronized (this) {
      Share share = queue.remove();
      task = share.tasks.remove();
      if (!share.tasks.isEmpty()) {
        queue.add(share);
      }
    }
    task.run();
  }
}
