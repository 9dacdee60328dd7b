package dev.trackerd.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChangeQueueTest {
  private final ChangeQueue queue = new ChangeQueue(System::nanoTime);

  @Test
  void failAll_answersEveryoneWhoWaits() {
    StoreException failure = StoreException.unavailable("the writer failed");
    List<Change<String>> changes =
        Stream.generate(() -> new Change<>(session -> "done", Optional.empty()))
            .limit(300)
            .toList();
    changes.forEach(queue::add);

    queue.close();
    queue.failAll(failure);

    assertThat(queue.size()).isZero();
    assertThat(changes).allSatisfy(change -> assertThatThrownBy(change::await).isSameAs(failure));
    assertThat(queue.next(1)).isEmpty();
  }
}
