package dev.trackerd.server.cli;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.FileFaults;
import dev.trackerd.server.store.PrivateFiles;
import dev.trackerd.server.store.StoreContents.Scope;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.transfer.EntryCounts;
import dev.trackerd.server.transfer.Export;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trackerd export}: what a store holds as lines of JSON, for {@code trackerd import}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes what a store holds as lines of JSON, also while servers run on it.",
      "The lines are one state of the store; stores that hold the same give the same lines.",
      "As long as it writes, the database keeps what changes replace: let nothing that stands still"
          + " read it."
    })
final class ExportCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";
  private static final int BUFFER_BYTES = 1 << 16;

  @Mixin StoreOptions store;
  @Spec CommandSpec command;

  @Option(
      names = "--account",
      paramLabel = "N",
      converter = AccountConverter.class,
      description = "Only what this account owns, 12 decimal digits. Default: all accounts.")
  AccountId account;

  @Option(
      names = "--with-keys",
      description =
          "API keys, too, their secrets as sealed by the master key. A store that they are imported"
              + " into needs the same master key.")
  boolean withKeys;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = STANDARD_OUTPUT,
      description = "A new file, of mode 0600; or - for standard output. Default: ${DEFAULT-VALUE}")
  String output;

  private final Map<String, String> environment;

  /**
   * A command for picocli.
   *
   * @param environment where the store and its secrets may stand
   */
  ExportCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    StoreWork work = new StoreWork(command, store.location(environment));
    return work.onExisting(
        "",
        stores ->
            output.equals(STANDARD_OUTPUT) ? toStandardOutput(work, stores) : toFile(work, stores));
  }

  private int toStandardOutput(StoreWork work, Stores stores) {
    // Not System.out, which keeps it to itself that nobody reads any more.
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      return write(work, stores, out);
    } catch (IOException e) {
      return work.fail("standard output: can't be written: " + FileFaults.inWordsOfTheSystem(e));
    }
  }

  /** A file that is there is the whole export, or the process was killed. */
  private int toFile(StoreWork work, Stores stores) throws IOException {
    Path file = Path.of(output);
    boolean done = false;
    FileChannel channel = create(file);
    try (channel) {
      write(work, stores, Channels.newOutputStream(channel));
      channel.force(true);
      done = true;
      return 0;
    } catch (IOException e) {
      return work.fail(file + ": can't be written: " + FileFaults.inWordsOfTheSystem(e));
    } finally {
      if (!done) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static FileChannel create(Path file) {
    try {
      return FileChannel.open(
          file,
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          PrivateFiles.file(file));
    } catch (FileAlreadyExistsException e) {
      throw StoreException.unavailable(file + ": is there already (expected: a new file)");
    } catch (IOException e) {
      throw StoreException.unavailable(file + ": can't be made: " + FileFaults.reason(e), e);
    }
  }

  private int write(StoreWork work, Stores stores, OutputStream to) throws IOException {
    ProgressReport progress = ProgressReport.to(work.err(), "exported");
    OutputStream out = new BufferedOutputStream(to, BUFFER_BYTES);
    EntryCounts counts;
    try {
      Scope scope = new Scope(Optional.ofNullable(account), withKeys);
      counts = Export.write(stores.contents(), scope, out, progress);
      out.flush();
    } finally {
      progress.end();
    }
    work.err().println("exported: " + counts);
    return 0;
  }
}
