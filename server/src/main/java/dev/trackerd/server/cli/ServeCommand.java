package dev.trackerd.server.cli;

import dev.trackerd.gateway.logging.Logging;
import dev.trackerd.server.assembly.StartException;
import dev.trackerd.server.assembly.TrackerServer;
import dev.trackerd.server.auth.NewApiKey;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code trackerd serve}: runs until the process is told to end. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves gRPC and HTTP/JSON until SIGTERM. This is what trackerd does by itself.",
    footer = {
      "",
      "Each flag can also be given by the environment variable that stands with it;",
      "where both are given, the flag counts. Variables without a flag:",
      "",
      "TRACKERD_CREDENTIALS=account:id:secret,… makes sure that those API keys exist.",
      "TRACKERD_MASTER_KEY is the master key itself, instead of --master-key-file.",
      "TRACKERD_STORE_PASSWORD is the password of PostgreSQL's role, instead of",
      "--store-password-file; ~/.pgpass is read, too.",
      "TRACKERD_LOG_FORMAT=json turns the log into JSON lines.",
      "TRACKERD_LOG_LEVEL is trace, debug, info (the default), warn, error or off.",
      "JAVA_OPTS holds options for the Java virtual machine, such as -Xmx1g;",
      "server/bin/trackerd reads it."
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin ServeOptions options;
  @Spec CommandSpec command;

  private final Map<String, String> environment;

  ServeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    options.accessLog.apply();
    TrackerServer server;
    try {
      server = TrackerServer.start(options.toConfig(environment));
    } catch (StartException e) {
      command.commandLine().getErr().println("trackerd: " + e.getMessage());
      return 1;
    }
    PrintWriter out = command.commandLine().getOut();
    // First of all: the program may be told to end at any moment from here on.
    server.firstKey().ifPresent(key -> showOnce(out, key, server.httpUrl()));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "shutdown"));
    out.println("ready grpc=" + server.grpcAddress() + " http=" + server.httpUrl());
    out.flush();
    Thread.currentThread().join();
    return 0;
  }

  /** Being told to end is no failure; without the halt the JVM would report the signal's number. */
  private static void end(TrackerServer server) {
    server.close();
    Logging.stop();
    Runtime.getRuntime().halt(0);
  }

  private static void showOnce(PrintWriter out, NewApiKey key, String url) {
    out.println(
        "First start: made account " + key.account() + " with an API key, shown this once.");
    out.println("  id     " + key.id());
    out.println("  secret " + key.secret());
    out.println("Get an access token with it:");
    out.println(
        "curl -s "
            + url
            + "/oauth2/token:generate -H 'Content-Type: application/json' -d"
            + " '{\"type\":\"application\",\"appId\":\""
            + key.id()
            + "\",\"appSecret\":\""
            + key.secret()
            + "\"}'");
    out.flush();
  }
}
