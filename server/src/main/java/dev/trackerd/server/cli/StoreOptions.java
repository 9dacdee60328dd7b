package dev.trackerd.server.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which store a command works on. */
final class StoreOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "${env:TRACKERD_DATA_DIR:-./trackerd-data}",
      description = "Database and master key. TRACKERD_DATA_DIR; ${DEFAULT-VALUE}")
  Path dataDirectory;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "${env:TRACKERD_STORE:-sqlite}",
      description = "sqlite. TRACKERD_STORE; ${DEFAULT-VALUE}")
  String store;

  /**
   * Returns where the database and the master key are.
   *
   * @throws ParameterException if the store is of an unknown kind
   */
  Path sqliteDirectory() {
    if (!store.equals("sqlite")) {
      throw new ParameterException(command.commandLine(), "--store: expected: sqlite");
    }
    return dataDirectory;
  }
}
