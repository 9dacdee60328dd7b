package dev.trackerd.server.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.event.EventTrackerFixture;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.GetRequest;
import dev.trackerd.v1.GetResponse;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.TrackerServiceGrpc;
import dev.trackerd.v1.TrackerServiceGrpc.TrackerServiceBlockingStub;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which thread answers a Get. */
class AnsweredAtOnceTest {
  @Test
  void get_ofWhatWasReadBefore_isAnsweredOnTheThreadItCameOn(@TempDir Path directory)
      throws Exception {
    try (EventTrackerFixture server = new EventTrackerFixture(directory, EventTrackerRules.NONE)) {
      TrackerServiceBlockingStub trackers = server.trackers("anna");
      String small = create(trackers, "small", "a phrase");
      String large = create(trackers, "large", "x".repeat(20_000));
      trackers.get(GetRequest.newBuilder().setTrackerId(small).build());
      trackers.get(GetRequest.newBuilder().setTrackerId(large).build());

      assertThat(answeredBy(trackers, small)).isSameAs(Thread.currentThread());
      assertThat(answeredBy(trackers, large)).isNotSameAs(Thread.currentThread());
    }
  }

  private static String create(TrackerServiceBlockingStub trackers, String name, String phrase) {
    Tracker tracker = Tracker.newBuilder().setName(name).addAllVocabulary(List.of(phrase)).build();
    return trackers
        .create(CreateRequest.newBuilder().setTracker(tracker).build())
        .getTracker()
        .getId();
  }

  private static Thread answeredBy(TrackerServiceBlockingStub trackers, String id)
      throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    StreamObserver<GetResponse> observer =
        new StreamObserver<>() {
          @Override
          public void onNext(GetResponse reply) {
            assertThat(reply.getTracker().getId()).isEqualTo(id);
          }

          @Override
          public void onError(Throwable failure) {
            thread.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {
            thread.complete(Thread.currentThread());
          }
        };
    TrackerServiceGrpc.newStub(trackers.getChannel())
        .get(GetRequest.newBuilder().setTrackerId(id).build(), observer);
    return thread.get(10, TimeUnit.SECONDS);
  }
}
