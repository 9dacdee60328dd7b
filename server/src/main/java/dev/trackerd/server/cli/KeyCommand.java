package dev.trackerd.server.cli;

import dev.trackerd.server.auth.ApiKeys;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.Stores;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code trackerd key …}: the API keys of a store, also while a server runs on it. Prints results
 * on standard output; exit codes: 0 done, 1 failed with one line on standard error, 2 bad usage.
 */
@Command(
    name = "key",
    description = "Makes, lists and revokes API keys, also while a server runs.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class KeyCommand {
  private static final String ID = "ID";

  private final Map<String, String> environment;
  private final Clock clock;

  @Spec private CommandSpec command;

  /**
   * A command for picocli.
   *
   * @param environment where the store and its secrets may stand
   * @param clock dates creation and revocation
   */
  KeyCommand(Map<String, String> environment, Clock clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Command(
      description = "Makes a key and prints it. Its secret can't be shown again.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin StoreOptions store,
      @Option(names = "--new-store", description = "Make the store, too, if there is none.")
          boolean newStore,
      @Option(
              names = "--account",
              required = true,
              paramLabel = "N",
              converter = AccountConverter.class,
              description = "The owner: 12 decimal digits.")
          AccountId account,
      @Option(names = "--json", description = "Print one line of JSON.") boolean json) {
    Consumer<ApiKeys> creation = keys -> print(keys.create(account), json);
    return newStore
        ? run(store, creation)
        : runOnExisting(store, "; --new-store makes one", creation);
  }

  @Command(
      description = "Prints all keys, revoked ones too, without their secrets.",
      mixinStandardHelpOptions = true)
  int list(@Mixin StoreOptions store) {
    return runOnExisting(store, "", keys -> print(keys.list()));
  }

  @Command(
      description = "Revokes a key and its tokens, for good. A running server knows within 10 s.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Mixin StoreOptions store,
      @Parameters(paramLabel = "ID", description = "The key's id.") String id) {
    return runOnExisting(
        store,
        "",
        keys -> {
          keys.revoke(id);
          out().println("revoked " + id);
          // Said in any case: the server's environment is not the one of this command.
          String advice =
              "A server whose TRACKERD_CREDENTIALS names it does not start: take it out.";
          command.commandLine().getErr().println(advice);
        });
  }

  private void print(NewApiKey key, boolean json) {
    // Nothing to escape: accounts are digits; ids and secrets made here are letters and digits.
    String form =
        json
            ? "{\"account\":\"%s\",\"id\":\"%s\",\"secret\":\"%s\"}%n"
            : "account  %s%nid       %s%nsecret   %s%n";
    out().printf(form, key.account(), key.id(), key.secret());
  }

  /** One line for each key under a heading, columns aligned; never a secret. */
  private void print(List<ApiKey> keys) {
    int width = keys.stream().mapToInt(key -> key.id().length()).max().orElse(0);
    String line = "%-" + Math.max(width, ID.length()) + "s  %-12s  %-24s  %s%n";
    out().printf(line, ID, "ACCOUNT", "CREATED", "STATE");
    for (ApiKey key : keys) {
      String state = key.revokedAt().map(at -> "revoked " + at).orElse("active");
      out().printf(line, key.id(), key.account(), key.createdAt(), state);
    }
  }

  private int runOnExisting(StoreOptions store, String advice, Consumer<ApiKeys> action) {
    StoreWork work = new StoreWork(command, store.location(environment));
    Supplier<MasterKey> master = store.masterKey(environment);
    return work.onExisting(advice, stores -> run(stores, master, action));
  }

  private int run(StoreOptions store, Consumer<ApiKeys> action) {
    StoreWork work = new StoreWork(command, store.location(environment));
    Supplier<MasterKey> master = store.masterKey(environment);
    return work.on(stores -> run(stores, master, action));
  }

  private int run(Stores stores, Supplier<MasterKey> master, Consumer<ApiKeys> action) {
    action.accept(ApiKeys.open(stores.credentials(), master.get(), clock));
    return 0;
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
