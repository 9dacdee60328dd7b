package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.assembly.ServerConfig;
import dev.trackerd.server.assembly.StoreLocation;
import dev.trackerd.server.assembly.TrackerServer;
import dev.trackerd.server.auth.Credentials;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.rpc.InProcess;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.postgres.TestPostgres;
import dev.trackerd.v1.DatasetServiceGrpc;
import dev.trackerd.v1.ListDatasetGroupsRequest;
import dev.trackerd.v1.ListDatasetGroupsResponse;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A database some of whose statements wait. */
class SlowStoreTest {
  private static final String KEYS = "123456789012:app1:secret1,210987654321:app2:secret2";
  private static final int CONNECTIONS = 10;
  private static final int CALLS = 20;

  /** What of the ten one account's reads and its writes may hold. */
  private static final int HELD = 5 + 4;

  private final String url = TestPostgres.shared().newDatabase();
  private final ExecutorService callers = Executors.newFixedThreadPool(2 * CALLS);

  @Test
  void slowCalls_ofOneAccount_leaveAConnectionToOthers() throws Exception {
    ServerConfig config = config();
    try (TrackerServer server = TrackerServer.start(config);
        Connection database = DriverManager.getConnection(url)) {
      RestClient rest = new RestClient(server.httpUrl());
      String ours = "Bearer " + rest.token("app1", "secret1");
      String theirs = rest.token("app2", "secret2");
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(server.grpcAddress()).usePlaintext().build();
      database.setAutoCommit(false);
      execute(database, "LOCK TABLE tracker IN ACCESS EXCLUSIVE MODE");

      List<Future<Integer>> slow = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        slow.add(callers.submit(() -> status(rest, "GET", "/v1/manage/trackers", ours)));
        slow.add(callers.submit(() -> status(rest, "DELETE", "/v1/manage/tracker/1", ours)));
      }
      awaitWaiting(database);
      for (int i = 0; i < CALLS; i++) {
        assertThat(groups(channel, theirs).getDatasetGroupsList()).isEmpty();
        assertThat(waiting(database)).isLessThanOrEqualTo(HELD);
      }
      database.rollback();

      for (Future<Integer> call : slow) {
        call.get(30, TimeUnit.SECONDS);
      }
      assertThat(status(rest, "GET", "/v1/manage/trackers", ours)).isEqualTo(200);
      channel.shutdownNow();
    } finally {
      callers.shutdownNow();
    }
  }

  private ServerConfig config() {
    return new ServerConfig(
        StoreLocation.Database.parse(url, CONNECTIONS),
        "127.0.0.1",
        0,
        0,
        Set.of(),
        false,
        EventTrackerRules.NONE,
        0,
        RunningServer.settings(0, VocabularyUpdate.MERGE),
        Credentials.parse(KEYS),
        () -> MasterKey.parse("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
  }

  private static int status(RestClient rest, String method, String path, String bearer) {
    return rest.call(method, path, null, "Authorization", bearer).status();
  }

  private static ListDatasetGroupsResponse groups(Channel channel, String token) {
    return DatasetServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(InProcess.bearer(token)))
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .listDatasetGroups(ListDatasetGroupsRequest.getDefaultInstance());
  }

  /** Waits until the account's calls hold all that they may. */
  private static void awaitWaiting(Connection database) throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (waiting(database) < HELD) {
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }

  private static int waiting(Connection database) throws SQLException {
    try (var statement = database.createStatement();
        var row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'tracker'::regclass")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void execute(Connection database, String sql) throws SQLException {
    try (var statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
