package dev.trackerd.server.cli;

import dev.trackerd.server.assembly.StoreEngine;
import dev.trackerd.server.assembly.StoreLocation;
import dev.trackerd.server.auth.ApiKeyException;
import dev.trackerd.server.auth.MasterKeyException;
import dev.trackerd.server.store.FileFaults;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.transfer.TransferException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Does a command's work on stores; tells in one line why it can't be done, and returns 1 then. */
record StoreWork(CommandSpec command, StoreLocation location) {

  /** What to do; returns the exit status. */
  @FunctionalInterface
  interface Action {
    int on(Stores stores) throws IOException;
  }

  /** What to do without stores of its own. */
  @FunctionalInterface
  interface Task {
    int run() throws IOException;
  }

  /**
   * Opens stores that are there.
   *
   * @param advice what else to tell if they are not; may be empty
   */
  int onExisting(String advice, Action action) {
    return ifThere(advice, () -> open(action));
  }

  /** Runs a task if there are stores: a mistyped location must not become one. */
  int ifThere(String advice, Task task) {
    return attempt(
        () -> {
          Optional<String> missing = StoreEngine.missing(location);
          return missing.isPresent() ? fail(missing.get() + advice) : task.run();
        });
  }

  /** Opens stores, or makes them. */
  int on(Action action) {
    return attempt(() -> open(action));
  }

  /** Runs a task that may fail as stores and files do. */
  int attempt(Task task) {
    try {
      return task.run();
    } catch (ApiKeyException | MasterKeyException | StoreException | TransferException e) {
      return fail(e.getMessage());
    } catch (IOException e) {
      return fail("can't go on: " + FileFaults.reason(e));
    }
  }

  private int open(Action action) throws IOException {
    try (Stores stores = StoreEngine.open(location)) {
      return action.on(stores);
    }
  }

  /** Tells the operator in one line; returns the exit status. */
  int fail(String line) {
    err().println("trackerd: " + line);
    return 1;
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }
}
