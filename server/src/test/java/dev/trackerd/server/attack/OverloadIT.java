package dev.trackerd.server.attack;

import static dev.trackerd.server.attack.FrameConnection.END_HEADERS;
import static dev.trackerd.server.attack.FrameConnection.END_STREAM;
import static dev.trackerd.server.attack.FrameConnection.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.trackerd.server.attack.HealthyCaller.Figures;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More calls than there are places, each of which stays: nobody takes its answer. */
class OverloadIT {
  private static final int CONNECTIONS = 25;
  private static final int STREAMS = 100;
  private static final int PLACES = 2_000;
  private static final int PHRASES = 20_000;

  @TempDir Path directory;
  private final List<FrameConnection> attackers = new ArrayList<>();
  private AttackedProgram program;
  private HealthyCaller healthy;
  private String token;

  @BeforeEach
  void start() throws Exception {
    program = AttackedProgram.start(directory);
    token = program.token(AttackedProgram.ATTACKER);
    try (GrpcAccount account = GrpcAccount.open(program, token)) {
      Tracker.Builder tracker = Tracker.newBuilder().setName("too long for a window");
      IntStream.range(0, PHRASES).forEach(n -> tracker.addVocabulary("a phrase, number " + n));
      account.trackers().create(CreateRequest.newBuilder().setTracker(tracker).build());
    }
    healthy = HealthyCaller.start(program);
  }

  @AfterEach
  void stop() throws Exception {
    leave();
    healthy.stop();
    program.close();
  }

  @Test
  void grpcCallsBeyondThePlaces_areRefusedAtOnce() throws Exception {
    byte[] head = HeaderBlock.grpc("tracker.v1.TrackerService/List", token);
    List<Map<String, String>> refusals = attack(CONNECTIONS, program.grpcPort(), head);

    assertThat(refusals).hasSizeGreaterThanOrEqualTo(CONNECTIONS * STREAMS - PLACES);
    for (Map<String, String> refusal : refusals) {
      assertThat(refusal).containsEntry("grpc-status", "8");
      Status details =
          Status.parseFrom(Base64.getDecoder().decode(refusal.get("grpc-status-details-bin")));
      assertThat(details.toString()).contains("OVERLOADED");
      assertThat(details.getDetailsList()).anyMatch(detail -> detail.is(RetryInfo.class));
    }
    assertOthersWereServed(refusals.size());
    assertPlacesAreBack(program.grpcPort(), head);
  }

  @Test
  void requestsBeyondThePlaces_areRefusedAtOnce() throws Exception {
    byte[] head = HeaderBlock.http("GET", "/v1/manage/trackers", token);
    List<Map<String, String>> refusals = attack(CONNECTIONS, program.httpPort(), head);

    assertThat(refusals).hasSizeGreaterThanOrEqualTo(CONNECTIONS * STREAMS - PLACES);
    for (Map<String, String> refusal : refusals) {
      assertThat(refusal).containsEntry(":status", "503").containsKey("retry-after");
    }
    assertOthersWereServed(refusals.size());
    assertPlacesAreBack(program.httpPort(), head);
  }

  private void assertOthersWereServed(int refused) throws Exception {
    Figures figures = healthy.stop();
    System.out.printf(
        "%d of %d refused; %d MiB at most, %s%n",
        refused, CONNECTIONS * STREAMS, program.peakMebibytes(), figures);
    assertThat(figures.failures()).isEmpty();
    assertThat(figures.maxMillis()).isLessThan(HealthyCaller.PATIENCE_MILLIS);
    assertThat(program.complaints())
        .isNotEmpty()
        .allMatch(line -> line.contains(" overloaded: refused "));
  }

  /** Once the attackers have left, as many as an account may always have find a place each. */
  private void assertPlacesAreBack(int port, byte[] head) throws Exception {
    leave();
    healthy = HealthyCaller.start(program);
    assertThat(attack(CONNECTIONS / 3, port, head)).isEmpty();
  }

  private void leave() throws IOException {
    for (FrameConnection attacker : attackers) {
      attacker.close();
    }
    attackers.clear();
  }

  /** Returns the last headers of the calls that were answered within three seconds. */
  private List<Map<String, String>> attack(int connections, int port, byte[] head)
      throws Exception {
    for (int c = 0; c < connections; c++) {
      FrameConnection connection = FrameConnection.open(port, 0);
      attackers.add(connection);
      for (int i = 0; i < STREAMS; i++) {
        if (port == program.grpcPort()) {
          connection.write(HEADERS, END_HEADERS, 2 * i + 1, head);
          connection.write(FrameConnection.message(0, new byte[0]), 2 * i + 1);
        } else {
          connection.write(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, head);
        }
      }
      connection.flush();
    }
    Thread.sleep(3_000);
    List<Map<String, String>> refusals = new ArrayList<>();
    for (FrameConnection connection : attackers) {
      refusals.addAll(connection.refusals());
    }
    return refusals;
  }
}
