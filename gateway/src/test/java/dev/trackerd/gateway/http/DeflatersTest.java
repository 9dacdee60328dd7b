package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class DeflatersTest {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @Test
  void use_takesTheSameAgain() {
    Deflaters deflaters = new Deflaters();
    Deflater first = deflaters.use(deflater -> deflater);

    assertThat(deflaters.<Deflater>use(deflater -> deflater)).isSameAs(first);
    assertThat(deflaters.open()).isOne();
  }

  @Test
  void use_givesNobodyWhatAnotherHas() {
    Deflaters deflaters = new Deflaters();

    boolean same = deflaters.use(outer -> deflaters.use(inner -> inner == outer));

    assertThat(same).isFalse();
  }

  @Test
  void use_handsOnNothingOfAnAnswerBefore() {
    Deflaters deflaters = new Deflaters();
    deflaters.use(
        deflater -> {
          deflater.setInput(new byte[100]);
          deflater.finish();
          return deflater.deflate(new byte[1]);
        });

    assertThat(deflaters.<Boolean>use(deflater -> deflater.finished() || !deflater.needsInput()))
        .isFalse();
  }

  @Test
  void use_thatFailsEndsTheCompressor() {
    Deflaters deflaters = new Deflaters();

    assertThatThrownBy(
            () ->
                deflaters.use(
                    deflater -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(deflaters.open()).isZero();
  }

  @Test
  void use_byManyAtOnceKeepsNoMoreThanCanRun() throws Exception {
    Deflaters deflaters = new Deflaters();
    int many = 20 * PROCESSORS;
    CountDownLatch all = new CountDownLatch(many);
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        running.add(threads.submit(() -> deflaters.use(deflater -> met(all))));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(deflaters.open()).isEqualTo(PROCESSORS);
  }

  private static boolean met(CountDownLatch all) {
    all.countDown();
    try {
      all.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
