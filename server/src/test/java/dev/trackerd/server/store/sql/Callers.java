package dev.trackerd.server.store.sql;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many threads that call at the same moment. */
public final class Callers {
  private Callers() {}

  /** What came back: a value or what was thrown. */
  public record Answer<T>(T value, Throwable thrown) {}

  /**
   * Runs all calls at once.
   *
   * @return their answers, by the number of the call
   */
  public static <T> List<Answer<T>> all(int count, IntFunction<Callable<T>> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      CyclicBarrier start = new CyclicBarrier(count);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<T> one = call.apply(i);
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return one.call();
                }));
      }
      List<Answer<T>> answers = new ArrayList<>();
      for (Future<T> future : futures) {
        answers.add(answer(future));
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> Answer<T> answer(Future<T> future) throws Exception {
    try {
      return new Answer<>(future.get(60, SECONDS), null);
    } catch (ExecutionException e) {
      return new Answer<>(null, e.getCause());
    }
  }
}
