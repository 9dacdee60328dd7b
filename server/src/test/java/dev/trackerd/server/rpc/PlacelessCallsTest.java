package dev.trackerd.server.rpc;

import static dev.trackerd.server.rpc.GuardedServer.SMALL;
import static dev.trackerd.server.rpc.GuardedServer.stub;
import static dev.trackerd.server.rpc.GuardedServer.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.v1.CreateDatasetGroupRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that never get a place, or never should have one. */
class PlacelessCallsTest {
  private static final Map<String, String> ANNA = Map.of("account", "111111111111");
  private static final String REFLECTION =
      "grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
  private static final int PLENTY = Integer.MAX_VALUE;

  private final GuardedServer server = new GuardedServer(SMALL);
  private final ManagedChannel channel = server.channel();
  private final List<RawHttp2> clients = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (RawHttp2 client : clients) {
      client.close();
    }
    channel.shutdownNow();
    server.close();
  }

  @Test
  void request_ofTwoMessages_isNotDone() throws IOException {
    byte[] message = CreateDatasetGroupRequest.newBuilder().setName("a").build().toByteArray();
    server.release(10);
    RawHttp2 client = connect(PLENTY);

    client.finish(client.begin(GuardedServer.CREATE, ANNA), message, message);
    client.finish(client.begin(GuardedServer.CREATE, ANNA), new byte[] {0x1f, 0x37}, message);
    client.flush();
    until(() -> server.admission.calls().arrived() == 2);
    server.assertIdle();

    assertThat(server.writes).hasValue(0);
  }

  @Test
  void watches_giveWayToNewCalls() throws IOException {
    for (int connection = 0; connection < 10; connection++) {
      RawHttp2 client = connect(PLENTY);
      for (int i = 0; i < 60; i++) {
        client.call("grpc.health.v1.Health/Watch", Map.of(), new byte[0]);
      }
      client.flush();
    }
    until(() -> server.admission.calls().arrived() == 600);

    until(() -> server.open() <= 64);
    assertServes();
  }

  @Test
  void reflection_thatNobodyReads_isCut() throws IOException {
    byte[] question =
        ServerReflectionRequest.newBuilder()
            .setFileContainingSymbol("tracker.v1.DatasetService")
            .build()
            .toByteArray();
    RawHttp2 client = connect(0);
    for (int i = 0; i < 20; i++) {
      client.call(REFLECTION, Map.of(), question);
    }
    client.flush();
    until(() -> server.admission.calls().arrived() == 20);
    until(() -> server.admission.calls().at(OpenCall.Stage.INCOMPLETE) == 0);

    server.pass(Duration.ofSeconds(9));
    server.pass(Duration.ofSeconds(2));

    server.assertIdle();
    assertServes();
  }

  @Test
  void requests_ofFewBytesThatBecomeMany_leaveTheBoundOfHalfRequestsAsItIs() throws IOException {
    String arn = "x".repeat(3 << 20);
    assertThatThrownBy(
            () ->
                stub(channel, "111111111111")
                    .withCompression("gzip")
                    .listDatasets(
                        GuardedServer.ofBytes(1).toBuilder().setDatasetGroupArn(arn).build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("RESOURCE_EXHAUSTED");

    for (int connection = 0; connection < 8; connection++) {
      RawHttp2 client = connect(PLENTY);
      client.half(client.begin(GuardedServer.LIST, ANNA), 200_000);
      client.flush();
    }

    until(() -> server.admission.calls().arrived() == 9 && server.open() < 8);
    assertServes();
  }

  private void assertServes() {
    assertThat(stub(channel, "222222222222").listDatasets(GuardedServer.ofBytes(9)).getNextToken())
        .isEqualTo("x".repeat(9));
  }

  private RawHttp2 connect(int window) throws IOException {
    RawHttp2 client = new RawHttp2(server.port(), window);
    clients.add(client);
    return client;
  }
}
