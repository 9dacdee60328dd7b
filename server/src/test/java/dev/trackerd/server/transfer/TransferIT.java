package dev.trackerd.server.transfer;

import static dev.trackerd.server.transfer.TransferSamples.ANNA;
import static dev.trackerd.server.transfer.TransferSamples.named;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.ChildJvm;
import dev.trackerd.server.cli.TrackerdMain;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.postgres.TestPostgres;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program moves a store there and back, in a small heap, also when it is killed on the way. */
class TransferIT {
  private static final int TRACKERS = 20_000;
  private static final List<String> SMALL_HEAP = List.of("-Xmx64m");

  @TempDir Path folder;

  @Test
  void thereAndBack_isTheSameText() throws Exception {
    try (Stores stores = SqliteStores.open(folder.resolve("a"), StoreConfig.unlimited())) {
      for (int i = 0; i < TRACKERS; i += 1000) {
        int from = i;
        stores
            .trackers()
            .createAll(
                ANNA,
                IntStream.range(from, from + 1000).mapToObj(n -> named("tracker " + n)).toList());
      }
    }
    String postgres = TestPostgres.shared().newDatabase();
    assertThat(run("export", "--data-dir", path("a"), "--output", path("1"))).isZero();
    killHalfway(postgres);
    assertThat(run("import", "--store", postgres, path("1"))).isZero();
    assertThat(run("export", "--store", postgres, "--output", path("2"))).isZero();
    assertThat(run("import", "--data-dir", path("b"), "--new-store", path("2"))).isZero();
    assertThat(standardOutput("export", "--data-dir", path("b")))
        .isEqualTo(Files.readString(folder.resolve("1")));
    assertThat(folder.resolve("2")).hasSameBinaryContentAs(folder.resolve("1"));
    assertThat(run("check", "--store", postgres)).isZero();
  }

  /** What has been imported by then stays, in whole transactions. */
  private void killHalfway(String postgres) throws IOException {
    byte[] lines = Files.readAllBytes(folder.resolve("1"));
    try (ChildJvm halfway = start("import", "--store", postgres, "--new-store", "-")) {
      OutputStream in = halfway.process().getOutputStream();
      // More than a pipe holds: the rest of it has been read when this returns.
      in.write(lines, 0, lines.length / 2);
      in.flush();
      halfway.kill();
    }
  }

  private static int run(String... arguments) throws Exception {
    try (ChildJvm program = start(arguments)) {
      assertThat(program.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      return program.process().exitValue();
    }
  }

  private static String standardOutput(String... arguments) throws IOException {
    try (ChildJvm program = start(arguments)) {
      return new String(program.process().getInputStream().readAllBytes(), UTF_8);
    }
  }

  /** What it tells people is tested elsewhere. */
  private static ChildJvm start(String... arguments) throws IOException {
    return ChildJvm.start(
        ChildJvm.command(SMALL_HEAP, TrackerdMain.class, arguments)
            .redirectError(Redirect.DISCARD));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
