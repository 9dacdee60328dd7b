package dev.trackerd.gateway.cli;

import dev.trackerd.gateway.Gateway;
import dev.trackerd.gateway.GatewayConfig;
import dev.trackerd.gateway.ServedServices;
import dev.trackerd.gateway.backend.Backend;
import dev.trackerd.gateway.backend.BackendAddresses;
import dev.trackerd.gateway.logging.Logging;
import dev.trackerd.gateway.wire.ListenAddress;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The program {@code trackerd-gateway}: the gateway alone, in front of any number of servers. Exit
 * codes: 0 after SIGTERM, 1 if it can't start, 2 for bad flags.
 */
@Command(
    name = "trackerd-gateway",
    description = "Serves trackers over HTTP/JSON, by gRPC calls to trackerd servers.",
    mixinStandardHelpOptions = true,
    versionProvider = GatewayMain.class,
    footer = {
      "",
      "Each flag can also be given by the environment variable that stands with it;",
      "where both are given, the flag counts. Variables without a flag:",
      "",
      "TRACKERD_LOG_FORMAT=json turns the log into JSON lines.",
      "TRACKERD_LOG_LEVEL is trace, debug, info (the default), warn, error or off.",
      "JAVA_OPTS holds options for the Java virtual machine, such as -Xmx256m;",
      "gateway/bin/trackerd-gateway reads it."
    },
    sortOptions = false)
public final class GatewayMain implements Callable<Integer>, IVersionProvider {

  @Spec private CommandSpec command;

  @Option(
      names = "--backend",
      required = true,
      paramLabel = "HOST:PORT",
      defaultValue = "${env:TRACKERD_BACKEND}",
      description = {
        "The servers' gRPC addresses: HOST:PORT,HOST:PORT,…",
        "or dns:///NAME:PORT for all addresses of a name, which is looked up again every half a"
            + " minute, and when a server is lost.",
        "Calls go in turn to all that are well.",
        "Variable: TRACKERD_BACKEND"
      })
  private String backend;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "${env:TRACKERD_BIND:-127.0.0.1}",
      description = {
        "The address to listen on.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_BIND"
      })
  private String bind;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "${env:TRACKERD_HTTP_PORT:-8080}",
      description = {
        "The port to listen on; 0: any free one.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_HTTP_PORT"
      })
  private int httpPort;

  @Mixin private CorsOption cors;

  @Option(
      names = "--no-ui",
      defaultValue = "${env:TRACKERD_NO_UI:-false}",
      // Without it the flag would turn the variable around.
      fallbackValue = "true",
      description = {
        "Serve no management page at /ui/.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_NO_UI"
      })
  private boolean noUi;

  @Mixin private AccessLogOption accessLog;

  /** Runs the program. */
  public static void main(String[] arguments) {
    int exit = run(arguments);
    if (exit != 0) {
      System.exit(exit);
    }
    // The listener's threads keep the program running.
  }

  private static int run(String[] arguments) {
    try {
      Logging.start(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("trackerd-gateway: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    int exit =
        new CommandLine(new GatewayMain())
            .setParameterExceptionHandler(new BadUsage())
            .execute(arguments);
    if (exit != 0) {
      Logging.stop();
    }
    return exit;
  }

  /** Starts the gateway. */
  @Override
  public Integer call() {
    if (httpPort < 0 || httpPort > 65_535) {
      throw BadUsage.expected(command, "--http-port", "0 to 65535");
    }
    accessLog.apply();
    Backend servers = Backend.open(addresses());
    try {
      Gateway gateway = Gateway.start(config(), servers.channel());
      Thread shutdown = new Thread(() -> stop(gateway, servers), "shutdown");
      Runtime.getRuntime().addShutdownHook(shutdown);
      String address = new ListenAddress(bind, httpPort).reached(gateway.httpPort());
      System.out.println("ready http=http://" + address);
      return 0;
    } catch (IOException e) {
      servers.close();
      System.err.println("trackerd-gateway: " + e.getMessage() + "; see --http-port and --bind");
      return 1;
    }
  }

  @Override
  public String[] getVersion() {
    String version = GatewayMain.class.getPackage().getImplementationVersion();
    return new String[] {"trackerd-gateway " + (version == null ? "(not packaged)" : version)};
  }

  private BackendAddresses addresses() {
    try {
      return BackendAddresses.parse(backend);
    } catch (IllegalArgumentException e) {
      String expected = BackendAddresses.EXPECTED + ", not " + e.getMessage();
      throw BadUsage.expected(command, "--backend", expected);
    }
  }

  private GatewayConfig config() {
    return new GatewayConfig(bind, httpPort, cors.origins(), !noUi, ServedServices.ALL);
  }

  private static void stop(Gateway gateway, Backend servers) {
    gateway.close();
    servers.close();
    Logging.stop();
    // A program that was asked to end and did has succeeded; the JVM would say 143.
    Runtime.getRuntime().halt(0);
  }
}
