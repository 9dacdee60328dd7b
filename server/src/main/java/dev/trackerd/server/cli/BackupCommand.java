package dev.trackerd.server.cli;

import dev.trackerd.server.assembly.StoreEngine;
import dev.trackerd.server.assembly.StoreLocation;
import dev.trackerd.server.assembly.StoreLocation.Directory;
import dev.trackerd.server.store.StoreBackup;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trackerd backup}: SQLite's database in one file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies sqlite's database into a new file, also while a server runs on it, and checks it.",
      "To restore it: put it as trackerd.db, and master.key beside it, into an empty folder, and"
          + " start trackerd serve --data-dir with that."
    })
final class BackupCommand implements Callable<Integer> {
  @Mixin StoreOptions store;
  @Spec CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "A new file; made with mode 0600.")
  Path file;

  private final Map<String, String> environment;

  /**
   * A command for picocli.
   *
   * @param environment where the store and its secrets may stand
   */
  BackupCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    StoreLocation location = store.location(environment);
    if (!(location instanceof Directory directory)) {
      throw new ParameterException(
          command.commandLine(),
          "backup is for sqlite: back up PostgreSQL by pg_dump (a database) or pg_basebackup (a"
              + " server)");
    }
    StoreWork work = new StoreWork(command, location);
    return work.ifThere("", () -> write(work, directory));
  }

  private int write(StoreWork work, Directory directory) {
    StoreBackup backup = StoreEngine.backup(directory, file);
    work.out()
        .printf("%s: trackers %d, bytes %d, checked%n", file, backup.trackers(), backup.bytes());
    work.err()
        .println(
            "Keep the master key with it: without "
                + directory.path().resolve("master.key")
                + " (or TRACKERD_MASTER_KEY) no API key of it works.");
    return 0;
  }
}
