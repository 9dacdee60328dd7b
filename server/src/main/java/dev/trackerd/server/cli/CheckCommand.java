package dev.trackerd.server.cli;

import dev.trackerd.server.auth.KeyCheck;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.transfer.EntryCounts;
import dev.trackerd.server.transfer.StoreCheck;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code trackerd check}: looks a store through. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads all of a store, also while servers run on it, and tells what is damaged.",
      "Exit status: 0 if nothing is, 1 otherwise."
    })
final class CheckCommand implements Callable<Integer> {
  private static final int MAX_TOLD = 100;

  @Mixin StoreOptions store;
  @Spec CommandSpec command;

  private final Map<String, String> environment;
  private long faults;

  /**
   * A command for picocli.
   *
   * @param environment where the store and its secrets may stand
   */
  CheckCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    StoreWork work = new StoreWork(command, store.location(environment));
    return work.onExisting("", stores -> check(work, stores));
  }

  private int check(StoreWork work, Stores stores) {
    ProgressReport progress = ProgressReport.to(work.err(), "checked");
    Consumer<String> told = line -> tell(work, progress, line);
    Optional<KeyCheck> keys = store.masterKeyAtHand(environment).map(key -> KeyCheck.of(key.get()));
    EntryCounts counts;
    try {
      stores
          .contents()
          .masterKeyProof()
          .flatMap(proof -> keys.flatMap(check -> check.fault(proof)))
          .ifPresent(told);
      counts =
          StoreCheck.run(
              stores.contents(), told, key -> keys.flatMap(check -> check.fault(key)), progress);
    } finally {
      progress.end();
    }
    work.out().println("found: " + counts);
    if (keys.isEmpty()) {
      work.out().println("not checked: the secrets of the keys, for want of the master key");
    }
    work.out().println(faults == 0 ? "no faults" : "faults: " + faults);
    return faults == 0 ? 0 : 1;
  }

  private void tell(StoreWork work, ProgressReport progress, String line) {
    faults++;
    if (faults <= MAX_TOLD) {
      progress.end();
      work.out().println("fault: " + line);
    }
  }
}
