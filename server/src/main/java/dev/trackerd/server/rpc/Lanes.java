package dev.trackerd.server.rpc;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The threads that calls run on, and the queues before them. Those that only read have their own,
 * so that they never wait behind writes, each of which keeps a thread until its group of commits is
 * on disk; so have those that only make tokens. Thread-safe.
 */
public final class Lanes implements AutoCloseable {
  private static final int TOKEN_THREADS = 2;
  private static final int CLOSE_SECONDS = 10;

  private final ExecutorService readers;
  private final ExecutorService writers;
  private final ExecutorService issuers;
  private final FairQueue reads;
  private final FairQueue writes;
  private final FairQueue tokens;

  /**
   * Lanes on threads of their own.
   *
   * @param threads makes those of a name
   */
  public Lanes(LaneLimits limits, Function<String, ThreadFactory> threads) {
    readers = pool(threads.apply("read"), limits.reads());
    writers = pool(threads.apply("write"), limits.writes());
    issuers = pool(threads.apply("token"), TOKEN_THREADS);
    reads = new FairQueue(readers, limits.reads(), limits.readsOfOne());
    writes = new FairQueue(writers, limits.writes(), limits.writesOfOne());
    tokens = new FairQueue(issuers, TOKEN_THREADS, TOKEN_THREADS);
  }

  FairQueue reads() {
    return reads;
  }

  FairQueue writes() {
    return writes;
  }

  FairQueue tokens() {
    return tokens;
  }

  /** Lets the calls that run end, for at most 10 seconds. */
  @Override
  public void close() {
    readers.shutdown();
    writers.shutdown();
    issuers.shutdown();
    try {
      writers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writers.shutdownNow();
    readers.shutdownNow();
    issuers.shutdownNow();
  }

  private static ExecutorService pool(ThreadFactory factory, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
