package dev.trackerd.server.cli;

import dev.trackerd.gateway.cli.BadUsage;
import dev.trackerd.server.assembly.StoreLocation;
import dev.trackerd.server.assembly.StoreLocation.Database;
import dev.trackerd.server.assembly.StoreLocation.Directory;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.MasterKeyException;
import dev.trackerd.server.auth.SecretFile;
import dev.trackerd.server.store.FileFaults;
import dev.trackerd.server.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which store a command works on, and by which master key. What may hold a password is taken from
 * the environment here instead of by picocli, which would show it as a default in the help.
 */
final class StoreOptions {
  private static final String STORE = "--store";
  private static final String STORE_VARIABLE = "TRACKERD_STORE";
  private static final String SQLITE = "sqlite";
  private static final String EXPECTED =
      "expected: sqlite, jdbc:postgresql://host:port/database, or file:///path of such a URL";
  private static final Pattern OTHER_DATABASE =
      Pattern.compile(
          "(?is)jdbc:(?!postgresql:).*|(?!file:|postgres(?:ql)?:)[a-z][a-z0-9+.-]*://.*");
  private static final String MASTER_KEY = "TRACKERD_MASTER_KEY";
  private static final String MASTER_KEY_FILE = "TRACKERD_MASTER_KEY_FILE";
  private static final int MAX_CONNECTIONS = 1000;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "${env:TRACKERD_DATA_DIR:-./trackerd-data}",
      description = {
        "The folder of SQLite's database and the master key.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_DATA_DIR"
      })
  Path dataDirectory;

  @Option(
      names = STORE,
      paramLabel = "STORE",
      description = {
        "sqlite; or a PostgreSQL that servers share:",
        "jdbc:postgresql://host:port/database?user=ROLE",
        "or a file of mode 0600 with its URL: file:///path",
        "Default: sqlite; variable: TRACKERD_STORE"
      })
  String store;

  @Option(
      names = "--store-password-file",
      paramLabel = "FILE",
      description = {
        "A file of mode 0600 that holds the password of PostgreSQL's role.",
        "Default: none; variable: TRACKERD_STORE_PASSWORD_FILE"
      })
  Path passwordFile;

  @Option(
      names = "--store-connections",
      paramLabel = "N",
      defaultValue = "${env:TRACKERD_STORE_CONNECTIONS:-10}",
      description = {
        "Connections to PostgreSQL that a server may open.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_STORE_CONNECTIONS"
      })
  int connections;

  @Option(
      names = "--master-key-file",
      paramLabel = "FILE",
      description = {
        "A file of mode 0600 that holds the master key, base64 of 32 bytes. With sqlite,"
            + " master.key in the data directory does, and is made at the first start.",
        "Default: none; variable: TRACKERD_MASTER_KEY_FILE"
      })
  Path masterKeyFile;

  /**
   * Returns where the store is.
   *
   * @param environment where variables stand
   * @throws ParameterException if that can't be, naming what is wrong and no part of a URL
   * @throws StoreException UNAVAILABLE, with a line for the operator, if it is in another database
   */
  StoreLocation location(Map<String, String> environment) {
    String text = text(environment);
    if (text.equals(SQLITE)) {
      return new Directory(dataDirectory);
    }
    if (connections < 1 || connections > MAX_CONNECTIONS) {
      throw BadUsage.expected(command, "--store-connections", "1 to " + MAX_CONNECTIONS);
    }
    try {
      return withPassword(database(text), environment);
    } catch (IllegalArgumentException e) {
      throw BadUsage.wrong(command, STORE, e.getMessage());
    }
  }

  /**
   * Returns what opens the store's master key, or throws {@link MasterKeyException}.
   *
   * @param environment where variables stand
   * @throws ParameterException if the key is given twice, or is not and no one could make it
   */
  Supplier<MasterKey> masterKey(Map<String, String> environment) {
    Optional<String> base64 = variable(environment, MASTER_KEY);
    Optional<Path> file = path(masterKeyFile, environment, MASTER_KEY_FILE);
    if (base64.isPresent() && file.isPresent()) {
      throw wrong("both TRACKERD_MASTER_KEY and --master-key-file are given (expected: one)");
    }
    if (base64.isPresent()) {
      return () -> MasterKey.parse(base64.get());
    }
    if (file.isPresent()) {
      return () -> MasterKey.read(file.get());
    }
    if (!text(environment).equals(SQLITE)) {
      throw wrong(
          "no master key: give the one of this database by --master-key-file or"
              + " TRACKERD_MASTER_KEY; for a new database, make one by:"
              + " (umask 077; head -c 32 /dev/urandom | base64 > master.key)");
    }
    return () -> MasterKey.open(dataDirectory);
  }

  /**
   * The same as {@link #masterKey} for what can do without, and must not make one: empty if none is
   * given and the data directory has none.
   */
  Optional<Supplier<MasterKey>> masterKeyAtHand(Map<String, String> environment) {
    boolean given =
        variable(environment, MASTER_KEY).isPresent()
            || path(masterKeyFile, environment, MASTER_KEY_FILE).isPresent();
    return given || (text(environment).equals(SQLITE) && MasterKey.isIn(dataDirectory))
        ? Optional.of(masterKey(environment))
        : Optional.empty();
  }

  private String text(Map<String, String> environment) {
    return store != null ? store : environment.getOrDefault(STORE_VARIABLE, SQLITE);
  }

  private Database database(String text) {
    refuseOther(text);
    if (text.startsWith("file:")) {
      String url = secret(STORE, file(text)).strip();
      refuseOther(url);
      return Database.parse(url, connections);
    }
    if (!Database.isUrl(text)) {
      throw new IllegalArgumentException(EXPECTED);
    }
    Database database = Database.parse(text, connections);
    if (store != null && database.holdsSecret()) {
      throw new IllegalArgumentException(
          "has a password, which everyone on this machine can read there (expected: in"
              + " TRACKERD_STORE_PASSWORD, --store-password-file, TRACKERD_STORE or ~/.pgpass)");
    }
    return database;
  }

  /** The flags are right, and would be with a program that knows that database. */
  private void refuseOther(String url) {
    if (OTHER_DATABASE.matcher(url).matches()) {
      String source = store != null ? STORE : STORE_VARIABLE;
      throw StoreException.unavailable(source + ": the URL of another database (" + EXPECTED + ")");
    }
  }

  private Database withPassword(Database database, Map<String, String> environment) {
    Optional<String> password = variable(environment, "TRACKERD_STORE_PASSWORD");
    Optional<Path> file = path(passwordFile, environment, "TRACKERD_STORE_PASSWORD_FILE");
    if (password.isPresent() && file.isPresent()) {
      throw wrong(
          "both TRACKERD_STORE_PASSWORD and --store-password-file are given (expected: one)");
    }
    return password
        .or(() -> file.map(path -> secret("--store-password-file", path)))
        .map(database::withPassword)
        .orElse(database);
  }

  private static Path file(String url) {
    try {
      return Path.of(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected: file:///path, with an absolute path");
    }
  }

  private String secret(String flag, Path file) {
    try {
      String text = SecretFile.read(file);
      if (text.isEmpty()) {
        throw BadUsage.wrong(command, flag, file + ": is empty");
      }
      return text;
    } catch (IOException e) {
      throw BadUsage.wrong(command, flag, file + ": " + FileFaults.reason(e));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private static Optional<Path> path(Path flag, Map<String, String> environment, String variable) {
    return Optional.ofNullable(flag).or(() -> variable(environment, variable).map(Path::of));
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
