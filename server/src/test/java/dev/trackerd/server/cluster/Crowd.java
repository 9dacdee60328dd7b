package dev.trackerd.server.cluster;

import dev.trackerd.server.RunningServer.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many callers who do something at the same moment. */
final class Crowd implements AutoCloseable {
  private final int size;
  private final ExecutorService threads;
  private final CyclicBarrier start;

  Crowd(int size) {
    this.size = size;
    this.threads = Executors.newFixedThreadPool(size);
    this.start = new CyclicBarrier(size);
  }

  /** The answers to what each of them asks, who are numbered from 0. */
  List<Answer> ask(IntFunction<Answer> question) {
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, size)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> together(question, n), threads))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private Answer together(IntFunction<Answer> question, int number) {
    try {
      start.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return question.apply(number);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
