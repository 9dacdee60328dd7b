package dev.trackerd.server.cli;

import dev.trackerd.server.assembly.StoreEngine;
import dev.trackerd.server.assembly.StoreLocation;
import dev.trackerd.server.store.FileFaults;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.transfer.Import;
import dev.trackerd.server.transfer.ImportResult;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trackerd import}: what {@code trackerd export} wrote, into another store. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Adds what trackerd export wrote to a store, under the ids that it had.",
      "What is there stays: doing it twice changes nothing, and one that was interrupted is begun"
          + " again.",
      "Servers may run on PostgreSQL meanwhile; with sqlite, stop the server first."
    })
final class ImportCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Mixin StoreOptions store;
  @Spec CommandSpec command;

  @Option(names = "--new-store", description = "Make the store, too, if there is none.")
  boolean newStore;

  @Parameters(paramLabel = "FILE", description = "The file of an export; or - for standard input.")
  String file;

  private final Map<String, String> environment;

  /**
   * A command for picocli.
   *
   * @param environment where the store and its secrets may stand
   */
  ImportCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    StoreLocation location = store.location(environment);
    StoreWork work = new StoreWork(command, location);
    StoreWork.Task task =
        () -> StoreEngine.withoutServer(location, () -> work.on(stores -> read(work, stores)));
    return newStore ? work.attempt(task) : work.ifThere("; --new-store makes one", task);
  }

  private int read(StoreWork work, Stores stores) throws IOException {
    ProgressReport progress = ProgressReport.to(work.err(), "imported");
    ImportResult result;
    try (InputStream in = open(progress)) {
      result = Import.read(stores, in, line -> tell(work, progress, line), progress);
    } finally {
      progress.end();
    }
    work.err().println("imported: " + result.added());
    if (result.added().keys() > 0) {
      work.err().println("Give the servers of this store the master key that sealed the keys.");
    }
    if (result.present().total() > 0) {
      work.err().println("there already: " + result.present());
    }
    return result.conflicts() == 0
        ? 0
        : work.fail("lines not imported: " + result.conflicts() + "; the lines above tell why");
  }

  private static void tell(StoreWork work, ProgressReport progress, String line) {
    progress.end();
    work.err().println(line);
  }

  private InputStream open(ProgressReport progress) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return new FileInputStream(FileDescriptor.in);
    }
    try {
      InputStream in = Files.newInputStream(Path.of(file));
      progress.expect(Files.size(Path.of(file)));
      return in;
    } catch (IOException e) {
      throw StoreException.unavailable(file + ": can't be read: " + FileFaults.reason(e), e);
    }
  }
}
