package dev.trackerd.server.rpc;

import static dev.trackerd.server.rpc.GuardedServer.SMALL;
import static dev.trackerd.server.rpc.GuardedServer.stub;
import static dev.trackerd.server.rpc.GuardedServer.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that don't get on, over raw connections. */
class OpenCallsTest {
  private static final Map<String, String> ANNA = Map.of("account", "111111111111");
  private static final String BERT = "222222222222";
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
  void calls_whoseRequestIsNotWhole_holdNoPlacesAndEnd() throws IOException {
    RawHttp2 client = connect(PLENTY);
    for (int i = 0; i < 60; i++) {
      int unused = client.begin(GuardedServer.LIST, ANNA);
    }
    client.flush();
    until(() -> server.open() == 60);

    assertThat(server.admission.placesInUse()).isZero();
    assertServes();
    server.pass(Duration.ofSeconds(9));
    // The stream of the call that was served may end a little after its answer has come.
    until(() -> server.open() == 60);
    server.pass(Duration.ofSeconds(2));

    server.assertIdle();
    assertServes();
  }

  @Test
  void calls_whoseRequestIsNotWhole_giveWayToNewOnes() throws IOException {
    for (int connection = 0; connection < 10; connection++) {
      RawHttp2 client = connect(PLENTY);
      for (int i = 0; i < 60; i++) {
        int unused = client.begin(GuardedServer.HEALTH, Map.of());
      }
      client.flush();
    }
    until(() -> server.admission.calls().arrived() == 600);

    until(() -> server.open() <= 64);
    assertServes();
  }

  @Test
  void calls_withHalfAMessage_giveWayBeforeTheyTakeUpTheMemory() throws IOException {
    for (int connection = 0; connection < 8; connection++) {
      RawHttp2 client = connect(PLENTY);
      int call = client.begin(GuardedServer.LIST, ANNA);
      client.half(call, 200_000);
      client.flush();
    }

    // 1 MiB for all: the first of the eight had to go.
    until(() -> server.admission.calls().arrived() == 8 && server.open() < 8);
    assertServes();
    server.pass(Duration.ofSeconds(11));
    server.assertIdle();
  }

  @Test
  void answers_thatNobodyReads_keepToTheirBudgets() throws IOException {
    for (int connection = 0; connection < 6; connection++) {
      RawHttp2 client = connect(0);
      client.call(GuardedServer.LIST, ANNA, GuardedServer.ofBytes(400_000).toByteArray());
      client.call(GuardedServer.LIST, ANNA, GuardedServer.ofBytes(400_000).toByteArray());
      client.flush();
    }
    // An account has half of 4 MiB: five answers, and seven calls that wait.
    until(() -> server.admission.placesInUse() == 12 && server.unread() >= 2_000_000);
    assertThat(server.unread()).isBetween(2_000_000L, 2L << 20);
    int reads = server.reads.get();

    assertServes();
    assertThat(stub(channel, BERT).listDatasets(GuardedServer.ofBytes(900_000)).getNextToken())
        .hasSize(900_000);
    assertThat(server.reads.get()).isEqualTo(reads + 2);

    // Those who take nothing are cut, and the next have their turn.
    for (int i = 0; i < 4; i++) {
      server.pass(Duration.ofSeconds(15));
    }
    until(() -> server.unread() == 0 || server.admission.placesInUse() < 12);
    for (int i = 0; i < 8; i++) {
      server.pass(Duration.ofSeconds(15));
    }
    server.assertIdle();
  }

  @Test
  void answer_forWhichThereIsNoRoom_isDroppedAndMadeAgain() throws IOException {
    RawHttp2 client = connect(0);
    client.call(GuardedServer.LIST, ANNA, GuardedServer.ofBytes(900_000).toByteArray());
    client.flush();
    until(() -> server.admission.calls().at(OpenCall.Stage.ANSWERED) == 1);
    // From now on small answers are what is expected.
    assertServes();
    int reads = server.reads.get();
    client.call(GuardedServer.LIST, ANNA, GuardedServer.ofBytes(500_000).toByteArray());
    client.flush();

    until(() -> server.reads.get() == reads + 1);
    until(() -> server.admission.calls().unread().waiting() == 1);
    assertThat(server.unread()).isLessThan(1 << 20);
    assertServes();

    server.pass(Duration.ofSeconds(18));
    until(() -> server.reads.get() == reads + 3);
    until(() -> server.unread() > 500_000);
    server.pass(Duration.ofSeconds(15));
    server.assertIdle();
  }

  @Test
  void answers_ofAPeerThatTakesNothing_areCutSoonerThanOfASlowOne() throws IOException {
    RawHttp2 client = connect(0);
    client.call(GuardedServer.LIST, ANNA, GuardedServer.ofBytes(900_000).toByteArray());
    client.flush();
    until(() -> server.admission.calls().at(OpenCall.Stage.ANSWERED) == 1);

    // 900,000 bytes may take 10 s, and 7 s at 128 KiB/s.
    for (int second = 0; second < 16; second++) {
      server.taken.incrementAndGet();
      server.pass(Duration.ofSeconds(1));
      assertThat(server.open()).isEqualTo(1);
    }
    server.taken.incrementAndGet();
    server.pass(Duration.ofSeconds(2));
    server.assertIdle();

    client.call(GuardedServer.LIST, ANNA, GuardedServer.ofBytes(900_000).toByteArray());
    client.flush();
    until(() -> server.admission.calls().at(OpenCall.Stage.ANSWERED) == 1);
    server.pass(Duration.ofSeconds(9));
    assertThat(server.open()).isEqualTo(1);
    server.pass(Duration.ofSeconds(3));
    server.assertIdle();
  }

  @Test
  void answers_toReadersThatCloseTheConnection_areFreed() throws IOException {
    RawHttp2 client = connect(0);
    for (int i = 0; i < 2; i++) {
      client.call(GuardedServer.LIST, ANNA, GuardedServer.ofBytes(400_000).toByteArray());
    }
    client.flush();
    until(() -> server.unread() >= 800_000);

    client.close();

    server.assertIdle();
  }

  private void assertServes() {
    assertThat(stub(channel, BERT).listDatasets(GuardedServer.ofBytes(100)).getNextToken())
        .hasSize(100);
  }

  private RawHttp2 connect(int window) throws IOException {
    RawHttp2 client = new RawHttp2(server.port(), window);
    clients.add(client);
    return client;
  }
}
