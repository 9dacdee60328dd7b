package dev.trackerd.server.assembly;

import dev.trackerd.gateway.DaemonThreads;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that calls run on. Those that only read have their own, so that they never wait
 * behind writes, each of which keeps a thread until its group of commits is on disk. The queues
 * have no bound of their own: the number of calls in flight has one.
 */
final class CallExecutors implements ServerCallExecutorSupplier, AutoCloseable {
  /** As many writes can share one commit. */
  private static final int WRITE_THREADS = 128;

  /** Reads mostly compute: more threads than processors would only take turns. */
  private static final int READ_THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final String WRITING_PACKAGE = "tracker.v1.";

  /**
   * A timer thread is woken for a task that is due before all others. Calls come and go far ahead
   * of their deadlines: with something always due before those, no call wakes it.
   */
  private static final int BEAT_SECONDS = 1;

  private final ScheduledExecutorService deadlines = timer();
  private final ExecutorService reads = pool("read", READ_THREADS);
  private final ExecutorService writes = pool("write", WRITE_THREADS);

  @Override
  public <Q, R> ExecutorService getExecutor(ServerCall<Q, R> call, Metadata metadata) {
    var method = call.getMethodDescriptor();
    // Safe: the .proto says idempotency_level = NO_SIDE_EFFECTS. Health and reflection don't, and
    // read.
    boolean reading = method.isSafe() || !method.getFullMethodName().startsWith(WRITING_PACKAGE);
    return reading ? reads : writes;
  }

  /** The timer for deadlines of calls inside the process. */
  ScheduledExecutorService deadlines() {
    return deadlines;
  }

  /** Lets the calls that run end, for at most 10 seconds. */
  @Override
  public void close() {
    reads.shutdown();
    writes.shutdown();
    try {
      writes.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writes.shutdownNow();
    reads.shutdownNow();
    deadlines.shutdownNow();
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, DaemonThreads.named("deadline"));
    timer.setRemoveOnCancelPolicy(true);
    timer.scheduleAtFixedRate(() -> {}, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    return timer;
  }

  private static ExecutorService pool(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            60,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.named(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
