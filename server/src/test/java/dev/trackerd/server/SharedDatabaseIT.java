package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on a PostgreSQL, as an operator starts it. */
class SharedDatabaseIT {
  private static final String MASTER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final String PASSWORD = "canary-of-the-role";
  private static final String PARAMETER = "canary-of-a-parameter";

  @TempDir Path directory;
  private final String url =
      TestPostgres.shared().newDatabase() + "&ApplicationName=" + PARAMETER + "&sslpassword=";

  @Test
  void servers_keepNothingOfTheirOwnAndTellNoSecret() throws Exception {
    Path key = secret("key", MASTER_KEY);
    Path store = secret("store", url + PASSWORD + "&password=" + PASSWORD);
    Map<String, String> environment =
        Map.of("TRACKERD_LOG_LEVEL", "trace", "TRACKERD_MASTER_KEY_FILE", key.toString());
    try (ProgramProcess first = start(environment, store);
        ProgramProcess second = start(environment, store)) {
      List<String> told = first.untilReady();
      told.addAll(second.untilReady());
      assertThat(told).filteredOn(line -> line.startsWith("First start")).hasSize(1);
      for (ProgramProcess server : List.of(first, second)) {
        assertThat(server.end()).isZero();
        assertThat(told + server.output() + server.error())
            .doesNotContain(PASSWORD, PARAMETER, MASTER_KEY);
      }
    }
    assertThat(directory.resolve("data")).doesNotExist();
  }

  private ProgramProcess start(Map<String, String> environment, Path store) throws IOException {
    String url = store.toUri().toString();
    return ProgramProcess.start(
        directory, environment, "--http-port", "0", "--grpc-port", "0", "--store", url);
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
