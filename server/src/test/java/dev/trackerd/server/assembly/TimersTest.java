package dev.trackerd.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final CountDownLatch sweeps = new CountDownLatch(2);
  private final Timers timers = new Timers(sweeps::countDown);

  @Test
  void task_runsWhenItIsDue_andOthersThoughItThrows() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    Runnable bug =
        () -> {
          throw new AssertionError("a bug");
        };
    ScheduledFuture<?> bad = timers.schedule(bug, 1, TimeUnit.MILLISECONDS);
    timers.schedule(ran::countDown, 100, TimeUnit.MILLISECONDS);

    assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(bad.isDone()).isTrue();
    assertThat(sweeps.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(timers.pending()).isZero();
    timers.close();
  }

  @Test
  void sweep_thatThrows_isDoneAgain() throws InterruptedException {
    CountDownLatch failures = new CountDownLatch(2);
    Timers failing =
        new Timers(
            () -> {
              failures.countDown();
              throw new IllegalStateException("a bug");
            });

    assertThat(failures.await(20, TimeUnit.SECONDS)).isTrue();
    failing.close();
  }

  @Test
  void task_thatIsCancelled_neverRunsAndIsForgotten() {
    AtomicBoolean ran = new AtomicBoolean();
    Runnable late = () -> ran.set(true);
    ScheduledFuture<?> task = timers.schedule(late, 1, TimeUnit.HOURS);
    assertThat(timers.pending()).isEqualTo(1);
    assertThat(task.getDelay(TimeUnit.MINUTES)).isBetween(58L, 60L);

    assertThat(task.cancel(false)).isTrue();

    assertThat(timers.pending()).isZero();
    assertThat(ran).isFalse();
    timers.close();
  }
}
