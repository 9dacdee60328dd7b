package dev.trackerd.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another Java process with the test's class path, and what it prints. */
public record ChildJvm(Process process, BufferedReader output) implements AutoCloseable {

  public static ChildJvm start(Class<?> main, String... args) throws IOException {
    return start(List.of(), main, args);
  }

  public static ChildJvm start(List<String> options, Class<?> main, String... args)
      throws IOException {
    return start(command(options, main, args).redirectError(Redirect.INHERIT));
  }

  /** Starts what {@link #command} made, once it is set up further. */
  public static ChildJvm start(ProcessBuilder command) throws IOException {
    Process process = command.start();
    return new ChildJvm(process, process.inputReader(UTF_8));
  }

  /** What starts it, to be set up further. */
  public static ProcessBuilder command(List<String> options, Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  /** Ends it with SIGKILL, and returns once it has ended. What it printed can still be read. */
  public void kill() {
    // Process.destroyForcibly would close the pipe, and what is in it would be lost.
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() throws IOException {
    kill();
    output.close();
  }
}
