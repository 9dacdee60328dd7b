package dev.trackerd.server.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The program on any free port, with an account for every test that asks for one. Its warnings go
 * to this process' standard error.
 */
final class UiServer implements AutoCloseable {

  /** The secret of every key. */
  static final String SECRET = "not-a-secret";

  private static final int ACCOUNTS = 100;

  private final Path folder;
  private final Process process;
  private final String url;
  private final AtomicInteger accounts = new AtomicInteger();

  private UiServer(Path folder, Process process, String url) {
    this.folder = folder;
    this.process = process;
    this.url = url;
  }

  /** Starts the program; waits until it listens. */
  static UiServer start() throws IOException {
    Path folder = Files.createTempDirectory("trackerd-ui");
    Process process = launch(folder);
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready ")) {
        return new UiServer(folder, process, line.replaceFirst(".* http=", ""));
      }
    }
    throw new IOException("the server ended before it was ready");
  }

  /** Returns where it listens, without a slash at the end. */
  String url() {
    return url;
  }

  /** Returns the id of a key whose account no other test uses. */
  String newKey() {
    int account = accounts.getAndIncrement();
    if (account == ACCOUNTS) {
      throw new IllegalStateException("no account is left");
    }
    return keyId(account);
  }

  @Override
  public void close() {
    process.destroy();
    try (Stream<Path> files = Files.walk(folder)) {
      process.waitFor(20, TimeUnit.SECONDS);
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process launch(Path folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    List<String> command =
        List.of(java, "-cp", classes, "dev.trackerd.server.cli.TrackerdMain", "serve");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TRACKERD_DATA_DIR", folder.toString());
    builder.environment().put("TRACKERD_HTTP_PORT", "0");
    builder.environment().put("TRACKERD_GRPC_PORT", "0");
    builder.environment().put("TRACKERD_CREDENTIALS", credentials());
    // What is left to say is of interest to whoever runs the tests.
    builder.environment().put("TRACKERD_ACCESS_LOG", "off");
    builder.environment().put("TRACKERD_LOG_LEVEL", "warn");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }

  private static String credentials() {
    return IntStream.range(0, ACCOUNTS)
        .mapToObj(account -> (100_000_000_000L + account) + ":" + keyId(account) + ":" + SECRET)
        .collect(Collectors.joining(","));
  }

  private static String keyId(int account) {
    return "key" + account;
  }
}
