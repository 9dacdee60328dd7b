package dev.trackerd.server.cli;

import dev.trackerd.gateway.cli.BadUsage;
import dev.trackerd.server.assembly.StoreLocation;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.MasterKeyException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which store a command works on, and by which master key. */
final class StoreOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "${env:TRACKERD_DATA_DIR:-./trackerd-data}",
      description = {
        "The folder of the database and the master key.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_DATA_DIR"
      })
  Path dataDirectory;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "${env:TRACKERD_STORE:-sqlite}",
      description = {
        "The kind of database: sqlite.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_STORE"
      })
  String store;

  @Option(
      names = "--master-key-file",
      paramLabel = "FILE",
      description = {
        "The file of the master key, of mode 0600: base64 of 32 bytes.",
        "Default: master.key in the data directory, made at the first start;",
        "variable: TRACKERD_MASTER_KEY_FILE"
      })
  Path masterKeyFile;

  /**
   * Returns where the store is.
   *
   * @param environment where variables stand
   * @throws ParameterException if the store is of an unknown kind
   */
  StoreLocation location(Map<String, String> environment) {
    if (!store.equals("sqlite")) {
      throw BadUsage.expected(command, "--store", "sqlite");
    }
    return new StoreLocation.Directory(dataDirectory);
  }

  /**
   * Returns what opens the store's master key, or throws {@link MasterKeyException}.
   *
   * @param environment where variables stand
   * @throws ParameterException if the key is given twice
   */
  Supplier<MasterKey> masterKey(Map<String, String> environment) {
    Optional<String> base64 = variable(environment, "TRACKERD_MASTER_KEY");
    Optional<Path> file =
        Optional.ofNullable(masterKeyFile)
            .or(() -> variable(environment, "TRACKERD_MASTER_KEY_FILE").map(Path::of));
    if (base64.isPresent() && file.isPresent()) {
      throw wrong("both TRACKERD_MASTER_KEY and --master-key-file are given (expected: one)");
    }
    if (base64.isPresent()) {
      return () -> MasterKey.parse(base64.get());
    }
    return file.isPresent()
        ? () -> MasterKey.read(file.get())
        : () -> MasterKey.open(dataDirectory);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
