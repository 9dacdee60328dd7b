package dev.trackerd.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process of its own. */
class GatewayMainIT {

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void run_servesUntilItIsAskedToEnd() throws Exception {
    HealthStatusManager health = new HealthStatusManager();
    Server server = NettyServerBuilder.forPort(0).addService(health.getHealthService()).build();
    server.start();
    String backend = "127.0.0.1:" + server.getPort();
    Process process = run(Map.of("TRACKERD_HTTP_PORT", "0"), "--backend", backend);
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String ready = out.readLine();
      assertThat(ready).matches("ready http=http://127\\.0\\.0\\.1:[1-9][0-9]*");
      String address = ready.substring("ready http=".length());
      assertThat(firstReady(address)).isEqualTo("{\"status\":\"ok\"}");
      assertThat(get(address + "/v1/manage/trackers").statusCode()).isEqualTo(401);
      // Known here, so that its signature is taken to the backend, which has no such service.
      assertThat(operation(address, "ListDatasetGroups").body())
          .contains("TokenService/ExchangeSignature");
      server.shutdownNow().awaitTermination();
      assertThat(get(address + "/readyz").statusCode()).isEqualTo(503);
      // Unlike that of Process, this leaves the streams open.
      process.toHandle().destroy();
      assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
      server.shutdownNow();
    }
  }

  /** The first connection to the backend may take longer than a probe waits, on a busy machine. */
  private String firstReady(String address) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    HttpResponse<String> answer = get(address + "/readyz");
    while (answer.statusCode() == 503 && System.nanoTime() < end) {
      answer = get(address + "/readyz");
    }
    return answer.body();
  }

  @Test
  void readyz_saysNoSoonWhenTheBackendHangs() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      String backend = "127.0.0.1:" + silent.getLocalPort();
      Process process = run(Map.of(), "--backend", backend, "--http-port", "0");
      try (BufferedReader out = process.inputReader(UTF_8)) {
        String address = out.readLine().substring("ready http=".length());
        assertThat(get(address + "/readyz").statusCode()).isEqualTo(503);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void run_withoutABackend_exits2WithUsage() throws Exception {
    assertEnd(run(Map.of()), 2, "Missing required option: '--backend=HOST:PORT'", "Usage:");
  }

  @Test
  void run_withAMistypedFlag_exits2WithUsage() throws Exception {
    Process process = run(Map.of(), "--backend", "127.0.0.1:1", "--http-prot", "1");
    assertEnd(process, 2, "trackerd-gateway: ", "'--http-prot'", "Usage:");
  }

  @Test
  void run_withABadPort_exits2WithUsage() throws Exception {
    Process process = run(Map.of(), "--backend", "127.0.0.1:1", "--http-port", "65536");
    assertEnd(process, 2, "--http-port: expected: 0 to 65535", "Usage:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b:c", "localhost", "127.0.0.1", "localhost:99999", "localhost:0", ":9090", ""})
  void run_withABadBackend_exits2WithUsage(String backend) throws Exception {
    String expected = "--backend: expected: HOST:PORT or dns:///NAME:PORT, not '" + backend + "'\n";
    assertEnd(run(Map.of(), "--backend", backend), 2, expected, "Usage:");
  }

  @Test
  void run_withBadPartsOfABackend_namesEach() throws Exception {
    Process process = run(Map.of(), "--backend", "a:1,b,c:2, a:1,http://d:3");
    assertEnd(process, 2, ", not 'b', 'a:1' twice, 'http://d:3'\n");
  }

  @Test
  void run_onATakenPort_exits1WithOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Process process = run(Map.of(), "--backend", "127.0.0.1:1", "--http-port", port);
      String said = assertEnd(process, 1, "trackerd-gateway: can't listen on 127.0.0.1:" + port);
      assertThat(said.lines()).hasSize(1);
    }
  }

  @Test
  void version_isPrinted() throws Exception {
    Process process = run(Map.of(), "--version");
    assertThat(process.inputReader(UTF_8).readLine()).startsWith("trackerd-gateway ");
    assertThat(process.waitFor()).isZero();
  }

  private static String assertEnd(Process process, int exit, String... said) throws Exception {
    String error = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(exit);
    assertThat(error).contains(said).doesNotContain("\tat ", "xception");
    assertThat(process.inputReader(UTF_8).readLine()).isNull();
    return error;
  }

  private HttpResponse<String> get(String uri) throws Exception {
    // Less than the 10 s that other calls have.
    Duration patience = Duration.ofSeconds(8);
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).timeout(patience).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> operation(String address, String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/"))
            .header("X-Amz-Target", "AmazonPersonalize." + name)
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Process run(Map<String, String> environment, String... arguments)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    if (Runtime.version().feature() >= 24) {
      // As the start script and the jar's manifest do; these JVMs warn otherwise.
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(GatewayMain.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("TRACKERD_"));
    builder.environment().putAll(environment);
    return builder.start();
  }
}
