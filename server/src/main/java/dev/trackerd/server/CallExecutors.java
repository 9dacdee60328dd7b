package dev.trackerd.server;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that calls run on. Those that only read have their own, so that they never wait
 * behind writes, each of which keeps a thread until its group of commits is on disk. The queues
 * have no bound of their own: the number of calls in flight has one.
 */
final class CallExecutors implements ServerCallExecutorSupplier, AutoCloseable {
  /** As many writes can share one commit. */
  private static final int WRITE_THREADS = 128;

  private static final int READ_THREADS =
      Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  private static final String WRITING_PACKAGE = "tracker.v1.";

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
  }

  private static ExecutorService pool(String name, int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            60,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
