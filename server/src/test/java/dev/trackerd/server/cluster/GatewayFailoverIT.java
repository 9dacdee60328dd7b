package dev.trackerd.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.Conditions;
import dev.trackerd.server.RestClient;
import dev.trackerd.server.RunningServer.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers of a gateway notice of one server of three that ends, dies or hangs: nothing. */
class GatewayFailoverIT {
  private static final int READERS = 8;
  private static final int WRITERS = 4;
  private static final int MANY = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long a server hangs before it is left out, and what that takes on a busy machine. */
  private static final Duration LEFT_OUT_WITHIN = Duration.ofSeconds(5);

  @TempDir Path directory;

  private final List<ClusterServer> servers = new ArrayList<>();
  private Cluster cluster;
  private RestClient gateway;
  private List<ClusterCaller> accounts;
  private String tracker;

  @BeforeEach
  void start() throws Exception {
    String keys =
        IntStream.range(0, WRITERS)
            .mapToObj(n -> "%012d:account%d:secret".formatted(n, n))
            .collect(Collectors.joining(","));
    cluster = new Cluster(directory, keys);
    servers.add(cluster.serve());
    servers.add(cluster.serve());
    servers.add(cluster.serve());
    gateway = cluster.gateway(servers.toArray(ClusterServer[]::new));
    Conditions.within(PATIENCE, "ready", () -> isReady(gateway));
    accounts =
        IntStream.range(0, WRITERS)
            .mapToObj(n -> new ClusterCaller(gateway, gateway.token("account" + n, "secret")))
            .toList();
    tracker = accounts.get(0).created("read");
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  @Test
  void killOfAServer_failsNoRead() throws Exception {
    try (CallerLoad reads = reads()) {
      reads.await(MANY);
      servers.get(1).process().kill();
      reads.await(MANY);
      assertThat(reads.failures()).isEmpty();
    }
    assertThat(isReady(gateway)).isTrue();
  }

  @Test
  void endOfAServer_failsNoCall() throws Exception {
    try (CallerLoad reads = reads();
        CallerLoad writes = writes()) {
      reads.await(MANY);
      writes.await(WRITERS);
      assertThat(servers.get(1).process().end()).isZero();
      reads.await(MANY);
      writes.await(MANY / 10);
      assertThat(reads.failures()).isEmpty();
      assertThat(writes.failures()).isEmpty();
    }
  }

  @Test
  void serverThatHangs_isLeftOut_andComesBack() throws Exception {
    try (CallerLoad reads = reads()) {
      reads.await(MANY);
      servers.get(1).process().pause();
      Duration longest;
      try {
        // More than can be made before it is left out: each reader waits for it only once.
        reads.await(MANY);
        longest = reads.longest();
      } finally {
        servers.get(1).process().resume();
      }
      assertThat(reads.failures()).isEmpty();
      assertThat(longest).isLessThan(LEFT_OUT_WITHIN);
    }
    servers.get(0).process().kill();
    servers.get(2).process().kill();
    Conditions.within(PATIENCE, "the last server is asked", () -> read() == 200);
    assertThat(isReady(gateway)).isTrue();
  }

  @Test
  void whenTheDatabaseIsGone_nobodyIsReady_untilItIsBack() throws Exception {
    cluster.postgres().kill();
    Conditions.within(PATIENCE, "not ready", () -> !isReady(gateway));
    Answer answer = accounts.get(0).get("/v1/manage/tracker/" + tracker);
    assertThat(answer.status()).as(answer.body()).isEqualTo(502);
    // In the servers' own words.
    assertThat(answer.body()).contains("STORE_UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    cluster.postgres().start();
    Conditions.within(PATIENCE, "ready", () -> isReady(gateway));
    Conditions.within(PATIENCE, "reads", () -> read() == 200);
  }

  private CallerLoad reads() {
    return new CallerLoad(READERS, n -> read());
  }

  private int read() {
    return accounts.get(0).get("/v1/manage/tracker/" + tracker).status();
  }

  /** One at a time for each account, which is as many as it may have under way. */
  private CallerLoad writes() {
    List<String> own = accounts.stream().map(account -> account.created("written")).toList();
    return new CallerLoad(
        WRITERS, n -> accounts.get(n).replace(own.get(n), "written", "a phrase").status());
  }

  private static boolean isReady(RestClient rest) {
    return rest.call("GET", "/readyz", null).status() == 200;
  }
}
