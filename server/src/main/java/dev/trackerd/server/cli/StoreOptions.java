package dev.trackerd.server.cli;

import dev.trackerd.gateway.cli.BadUsage;
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

  /**
   * Returns where the database and the master key are.
   *
   * @throws ParameterException if the store is of an unknown kind
   */
  Path sqliteDirectory() {
    if (!store.equals("sqlite")) {
      throw BadUsage.expected(command, "--store", "sqlite");
    }
    return dataDirectory;
  }
}
