package dev.trackerd.server.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program as its start script runs it, with that script's memory, on free ports and with two
 * accounts: {@link #ATTACKER} and {@link #NEIGHBOUR}. Linux only: it reads {@code /proc}.
 */
final class AttackedProgram implements AutoCloseable {
  static final String ATTACKER = "attacker";
  static final String NEIGHBOUR = "neighbour";

  /** Failsafe runs in the module's folder. */
  private static final String SCRIPT = "bin/trackerd";

  private static final Pattern READY =
      Pattern.compile("ready grpc=.*:(\\d+) http=http://.*:(\\d+)");
  private static final Pattern TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");
  private static final Pattern INFORMATION = Pattern.compile("^(trackerd: |\\S+ INFO )");
  private static final Pattern HEAP =
      Pattern.compile("(?:heap|generation) +total \\d+K, used (\\d+)K");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final Path log;
  private final int grpcPort;
  private final int httpPort;

  private AttackedProgram(Process process, Path log, Matcher ready) {
    this.process = process;
    this.log = log;
    this.grpcPort = Integer.parseInt(ready.group(1));
    this.httpPort = Integer.parseInt(ready.group(2));
  }

  /** Starts it on the data directory {@code data} in a given one; serves when this returns. */
  static AttackedProgram start(Path parent, String... flags) throws IOException {
    Path log = Files.createTempFile(parent, "attacked", ".log");
    String[] always = {SCRIPT, "serve", "--grpc-port", "0", "--http-port", "0"};
    ProcessBuilder command =
        new ProcessBuilder(Stream.of(always, flags).flatMap(Arrays::stream).toList());
    command.environment().keySet().removeIf(name -> name.startsWith("TRACKERD_"));
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("TRACKERD_DATA_DIR", parent.resolve("data").toString());
    command
        .environment()
        .put(
            "TRACKERD_CREDENTIALS", "000000000001:attacker:secret1,000000000002:neighbour:secret2");
    Process process = command.redirectError(Redirect.to(log.toFile())).start();
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return new AttackedProgram(process, log, ready);
      }
    }
    throw new IllegalStateException("never ready: " + Files.readString(log));
  }

  int grpcPort() {
    return grpcPort;
  }

  int httpPort() {
    return httpPort;
  }

  /** An access token of one of the two accounts. */
  String token(String keyId) throws IOException, InterruptedException {
    String secret = keyId.equals(ATTACKER) ? "secret1" : "secret2";
    String body = "{\"appId\":\"" + keyId + "\",\"appSecret\":\"" + secret + "\"}";
    Matcher token = TOKEN.matcher(call("POST", "/oauth2/token:generate", "", body).body());
    if (!token.find()) {
      throw new IllegalStateException("no token");
    }
    return token.group(1);
  }

  /** One HTTP call; an empty token or body is none. */
  HttpResponse<String> call(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Whether it still runs. Sockets of a process close before it has ended: that is waited for. */
  boolean isAlive() throws InterruptedException {
    return !process.waitFor(500, TimeUnit.MILLISECONDS);
  }

  /**
   * What it has logged so far that is more than information, stacks included: the first lines of
   * it. The start script's own lines are left out.
   */
  List<String> complaints() throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> !INFORMATION.matcher(line).find()).limit(30).toList();
    }
  }

  /** The most memory that it has had so far, in MiB: all of it, not the heap alone. */
  long peakMebibytes() throws IOException {
    return memory("VmHWM");
  }

  /** The memory that it has now, in MiB: all of it, not the heap alone. */
  long mebibytes() throws IOException {
    return memory("VmRSS");
  }

  /** What is left on the heap after a collection, in MiB. */
  long heapMebibytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    long kibibytes =
        HEAP.matcher(jcmd("GC.heap_info"))
            .results()
            .mapToLong(m -> Long.parseLong(m.group(1)))
            .sum();
    return kibibytes / 1024;
  }

  private long memory(String name) throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"));
    String line = status.stream().filter(l -> l.startsWith(name + ":")).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked = new ProcessBuilder(jcmd, Long.toString(process.pid()), command).start();
    String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
    asked.waitFor(30, TimeUnit.SECONDS);
    return answer;
  }

  /** Kills it. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
