package dev.trackerd.server.rpc;

import static dev.trackerd.server.rpc.GuardedServer.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.v1.CreateDatasetGroupRequest;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LargeRequestsTest {
  private static final int LARGE = 60_000;

  @Test
  void room_isGivenBackThoughTheWorkFails() {
    LargeRequests room = new LargeRequests(LARGE);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> room.work(LARGE, LargeRequestsTest::fail))
          .hasMessage("the work failed");
    }

    assertThat(room.<String>work(LARGE, () -> "done")).isEqualTo("done");
  }

  @Test
  void room_ofOneRequest_letsSmallOnesPass() {
    LargeRequests room = new LargeRequests(LARGE);

    String both =
        room.work(10 * LARGE, () -> room.<String>work(LargeRequests.SMALL, () -> "passed"));

    assertThat(both).isEqualTo("passed");
  }

  @Test
  void requests_thatAreLarge_areWorkedOnAsManyAsFit() throws Exception {
    try (GuardedServer server = new GuardedServer(GuardedServer.SMALL)) {
      ManagedChannel channel = server.channel();
      ManagedChannel other = server.channel();
      CreateDatasetGroupRequest large =
          CreateDatasetGroupRequest.newBuilder().setName("x".repeat(LARGE)).build();
      List<CompletableFuture<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        String account = "11111111111" + i;
        calls.add(
            CompletableFuture.runAsync(
                () -> {
                  var unused = GuardedServer.stub(channel, account).createDatasetGroup(large);
                },
                task -> new Thread(task).start()));
      }
      until(() -> server.admission.placesInUse() == 2 && server.writes.get() == 1);

      // There is room for one, and for what is small.
      for (int i = 0; i < 20; i++) {
        var unused =
            GuardedServer.stub(other, "222222222222").listDatasets(GuardedServer.ofBytes(1));
      }
      assertThat(server.writes).hasValue(1);

      server.release(2);
      CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
      assertThat(server.writes).hasValue(2);
      server.assertIdle();
      channel.shutdownNow();
      other.shutdownNow();
    }
  }

  private static String fail() {
    throw new IllegalStateException("the work failed");
  }
}
