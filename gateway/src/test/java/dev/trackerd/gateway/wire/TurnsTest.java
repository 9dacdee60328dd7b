package dev.trackerd.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class TurnsTest {

  @Test
  void submit_runsOneTaskOfEachConnectionAfterAnother() {
    Turns turns = new Turns();
    Queue<Runnable> workers = new ArrayDeque<>();
    List<String> done = new ArrayList<>();
    Share busy = Share.open(new EmbeddedChannel());
    Share other = Share.open(new EmbeddedChannel());
    for (int i = 1; i <= 3; i++) {
      String name = "busy " + i;
      turns.submit(busy, () -> done.add(name), workers::add);
    }
    turns.submit(other, () -> done.add("other"), workers::add);
    workers.forEach(Runnable::run);
    assertThat(done).containsExactly("busy 1", "other", "busy 2", "busy 3");
  }
}
