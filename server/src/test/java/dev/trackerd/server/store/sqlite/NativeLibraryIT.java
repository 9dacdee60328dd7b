package dev.trackerd.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's library is found in the data directory, and nothing is left elsewhere. */
class NativeLibraryIT {
  @TempDir Path data;
  @TempDir Path temporary;

  @Test
  void open_leavesNothingBehindWhenKilled() throws Exception {
    openAndKill();
    assertThat(files(temporary)).isEmpty();
    List<Path> libraries = files(data.resolve("native"));
    assertThat(libraries).hasSize(1);

    byte[] library = Files.readAllBytes(libraries.get(0));
    Files.write(libraries.get(0), new byte[100]);
    openAndKill();
    assertThat(files(temporary)).isEmpty();
    assertThat(files(data.resolve("native"))).isEqualTo(libraries);
    assertThat(Files.readAllBytes(libraries.get(0))).isEqualTo(library);
  }

  private void openAndKill() throws IOException {
    try (ChildJvm child =
        ChildJvm.start(
            List.of("-Djava.io.tmpdir=" + temporary), CrashWriter.class, data.toString(), "any")) {
      assertThat(child.output().readLine()).startsWith("try");
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.getFileName().toString().startsWith("hsperf")).toList();
    }
  }
}
