package dev.trackerd.server.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Where one server of the tests keeps its data, and through which its processes are found. Making
 * one ends the servers whose JVM was killed, and removes what they left.
 */
final class TestPostgresFolder {
  /** The line of PostgreSQL's postmaster.pid that holds the process id is the first. */
  private static final String PID_FILE = "postmaster.pid";

  private final Path folder;

  private TestPostgresFolder(Path folder) {
    this.folder = folder;
  }

  static TestPostgresFolder make() {
    Path all =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "trackerd-postgres-" + System.getProperty("user.name"));
    try {
      Files.createDirectories(all);
      try (Stream<Path> folders = Files.list(all)) {
        folders
            .filter(TestPostgresFolder::isOrphan)
            .map(TestPostgresFolder::new)
            .forEach(
                orphan -> {
                  orphan.kill();
                  orphan.delete();
                });
      }
      // The name tells whose it is.
      return new TestPostgresFolder(
          Files.createTempDirectory(all, ProcessHandle.current().pid() + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOrphan(Path folder) {
    String name = folder.getFileName().toString();
    return ProcessHandle.of(Long.parseLong(name.substring(0, name.indexOf('-')))).isEmpty();
  }

  Path data() {
    return folder.resolve("data");
  }

  /** What the server has to say. */
  Path log() {
    return folder.resolve("log");
  }

  String logged() {
    try {
      return Files.exists(log()) ? Files.readString(log()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The processes of the server that runs on the data; none if there is none. */
  Stream<ProcessHandle> processes() {
    return main().flatMap(main -> Stream.concat(Stream.of(main), main.descendants()));
  }

  /** Kills them all, and waits until they are gone. */
  void kill() {
    List<ProcessHandle> processes = processes().toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : processes) {
      try {
        process.onExit().get(60, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError("PostgreSQL can't be killed", e);
      }
    }
  }

  void delete() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<ProcessHandle> main() {
    try {
      long pid = Long.parseLong(Files.readAllLines(data().resolve(PID_FILE)).get(0));
      // After a restart of the machine another program may have the number.
      return ProcessHandle.of(pid)
          .filter(process -> process.info().command().orElse("").endsWith("postgres"))
          .stream();
    } catch (IOException | IndexOutOfBoundsException e) {
      return Stream.empty();
    }
  }
}
