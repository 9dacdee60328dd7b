package dev.trackerd.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.cli.TrackerdMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The program as a process of its own, on the {@link TestStore} of {@code data} in a given folder.
 */
public final class ProgramProcess implements AutoCloseable {
  public static final int PATIENCE_SECONDS = 60;

  private final ChildJvm jvm;
  private final Path errors;

  private ProgramProcess(ChildJvm jvm, Path errors) {
    this.jvm = jvm;
    this.errors = errors;
  }

  public static ProgramProcess start(
      Path parent, Map<String, String> environment, String... arguments) throws IOException {
    // To a file, so that it never waits for someone to read what it has to say.
    Path errors = Files.createTempFile(parent, "err", ".log");
    ProcessBuilder command = command(parent, environment, arguments);
    return new ProgramProcess(ChildJvm.start(command.redirectError(errors.toFile())), errors);
  }

  /** Starts it with a pipe for its standard error, of which nothing is read by itself. */
  static ProgramProcess startWithPipe(
      Path parent, Map<String, String> environment, String... arguments) throws IOException {
    return new ProgramProcess(ChildJvm.start(command(parent, environment, arguments)), null);
  }

  private static ProcessBuilder command(
      Path parent, Map<String, String> environment, String... arguments) {
    ProcessBuilder command = ChildJvm.command(List.of(), TrackerdMain.class, arguments);
    command.environment().keySet().removeIf(name -> name.startsWith("TRACKERD_"));
    command.environment().putAll(TestStore.environment(parent.resolve("data")));
    command.environment().putAll(environment);
    return command;
  }

  /** Waits until it serves; returns what it printed, the ready line last. */
  public List<String> untilReady() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = read(); line != null; line = read()) {
      lines.add(line);
      if (line.startsWith("ready")) {
        return lines;
      }
    }
    throw new IllegalStateException("never ready: " + error());
  }

  /** The URL that the ready line tells. */
  public static String url(List<String> lines) {
    return lines.get(lines.size() - 1).replaceAll(".* http=", "");
  }

  /** What it prints from now on until it ends. */
  public String output() {
    return jvm.output().lines().collect(Collectors.joining("\n"));
  }

  /** What it has written to its standard error so far. */
  public String error() throws IOException {
    return Files.readString(errors);
  }

  /** The pipe for its standard error, of a program that was started with one. */
  BufferedReader errorPipe() {
    return jvm.process().errorReader(UTF_8);
  }

  /** Asks it to end; returns its exit status. */
  public int end() throws InterruptedException {
    jvm.process().toHandle().destroy();
    return exitStatus();
  }

  /** Waits for its end. */
  public int exitStatus() throws InterruptedException {
    assertThat(jvm.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return jvm.process().exitValue();
  }

  /** Lets it not run (SIGSTOP) until {@link #resume}: it hangs. */
  public void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on after {@link #pause}. */
  public void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    String pid = Long.toString(jvm.process().pid());
    assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
  }

  /** Ends it with SIGKILL, and returns once it has ended. */
  public void kill() {
    jvm.kill();
  }

  @Override
  public void close() throws IOException {
    jvm.close();
  }

  private String read() throws IOException {
    return jvm.output().readLine();
  }
}
