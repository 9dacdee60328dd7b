package dev.trackerd.server.cli;

import dev.trackerd.gateway.cli.BadUsage;
import dev.trackerd.gateway.logging.Logging;
import dev.trackerd.server.store.StoreException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The program {@code trackerd}. Exit status: 0 done, 1 it could not be done, 2 wrong usage. */
@Command(
    name = "trackerd",
    mixinStandardHelpOptions = true,
    versionProvider = TrackerdMain.Version.class,
    description = "Keeps trackers, over gRPC and HTTP/JSON. Without a command it serves.",
    footer = {"", "trackerd serve --help shows the flags of the server."})
public final class TrackerdMain {
  private static final Set<String> OWN_FLAGS = Set.of("--help", "-h", "--version", "-V");

  private TrackerdMain() {}

  /** Runs the program and ends the process. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    try {
      Logging.start(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("trackerd: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    int status = commandLine(System.getenv()).execute(withCommand(arguments));
    Logging.stop();
    return status;
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new TrackerdMain())
        .addSubcommand(new ServeCommand(environment))
        .addSubcommand(new KeyCommand(environment, Clock.systemUTC()))
        .addSubcommand(new ExportCommand(environment))
        .addSubcommand(new ImportCommand(environment))
        .addSubcommand(new BackupCommand(environment))
        .addSubcommand(new CheckCommand(environment))
        .setParameterExceptionHandler(new BadUsage())
        .setExecutionExceptionHandler(TrackerdMain::fail);
  }

  /** Tells in one line of a store that no command could use; all else is a fault of the program. */
  static int fail(Exception failure, CommandLine command, ParseResult call) throws Exception {
    if (failure instanceof StoreException unusable) {
      command.getErr().println("trackerd: " + unusable.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }

  /** A call that names no command means serve, so that flags of serve can follow at once. */
  static String[] withCommand(String[] arguments) {
    boolean plainFlags =
        arguments.length == 0
            || (arguments[0].startsWith("-") && !OWN_FLAGS.contains(arguments[0]));
    return plainFlags
        ? Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(String[]::new)
        : arguments;
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = TrackerdMain.class.getPackage().getImplementationVersion();
      return new String[] {"trackerd " + (version == null ? "(not packaged)" : version)};
    }
  }
}
