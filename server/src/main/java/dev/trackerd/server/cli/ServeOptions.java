package dev.trackerd.server.cli;

import dev.trackerd.gateway.cli.AccessLogOption;
import dev.trackerd.gateway.cli.BadUsage;
import dev.trackerd.gateway.cli.CorsOption;
import dev.trackerd.server.assembly.ServerConfig;
import dev.trackerd.server.auth.ApiKeyException;
import dev.trackerd.server.auth.Credentials;
import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.event.EventTrackerSettings;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.tracker.ServiceSettings;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags of {@code trackerd serve}. Each has an environment variable; the flag wins. */
final class ServeOptions {
  // A colon or a slash would take an ARN or a signature's scope apart.
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");

  /** What Update does with stored phrases when its request does not say. */
  enum Vocabulary {
    merge,
    replace
  }

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Mixin StoreOptions store;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "${env:TRACKERD_BIND:-127.0.0.1}",
      description = {
        "The address that both ports listen on.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_BIND"
      })
  String bind;

  @Option(
      names = "--grpc-port",
      paramLabel = "PORT",
      defaultValue = "${env:TRACKERD_GRPC_PORT:-9090}",
      description = {
        "The port of gRPC; 0: any free one.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_GRPC_PORT"
      })
  int grpcPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "${env:TRACKERD_HTTP_PORT:-8080}",
      description = {
        "The port of HTTP; 0: any free one.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_HTTP_PORT"
      })
  int httpPort;

  @Option(
      names = "--max-concurrent-writes-per-account",
      paramLabel = "N",
      defaultValue = "${env:TRACKERD_MAX_CONCURRENT_WRITES_PER_ACCOUNT:-1}",
      description = {
        "Creates and updates that an account may have in flight; 0: no limit.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_MAX_CONCURRENT_WRITES_PER_ACCOUNT"
      })
  int maxConcurrentWritesPerAccount;

  @Option(
      names = "--max-trackers-per-account",
      paramLabel = "N",
      defaultValue = "${env:TRACKERD_MAX_TRACKERS_PER_ACCOUNT:-0}",
      description = {
        "Trackers that an account may have; 0: no limit.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_MAX_TRACKERS_PER_ACCOUNT"
      })
  int maxTrackersPerAccount;

  @Option(
      names = "--cache-mb",
      paramLabel = "N",
      defaultValue = "${env:TRACKERD_CACHE_MB:-32}",
      description = {
        "MiB of the heap for trackers that are asked for often; 0: none. With sqlite only.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_CACHE_MB"
      })
  int cacheMb;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      defaultValue = "${env:TRACKERD_REGION:-us-east-1}",
      description = {
        "The AWS region in ARNs and signatures.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_REGION"
      })
  String region;

  @Option(
      names = "--max-event-trackers-per-account",
      paramLabel = "N",
      defaultValue = "${env:TRACKERD_MAX_EVENT_TRACKERS_PER_ACCOUNT:-500}",
      description = {
        "Event trackers that an account may have; 0: no limit.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_MAX_EVENT_TRACKERS_PER_ACCOUNT"
      })
  int maxEventTrackersPerAccount;

  @Option(
      names = "--event-tracker-delay",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "${env:TRACKERD_EVENT_TRACKER_DELAY:-0s}",
      description = {
        "How long an event tracker is being made, and being deleted, such as 1500ms, 2s or 1m.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_EVENT_TRACKER_DELAY"
      })
  Duration eventTrackerDelay;

  @Option(
      names = "--vocabulary-update",
      paramLabel = "MODE",
      defaultValue = "${env:TRACKERD_VOCABULARY_UPDATE:-merge}",
      description = {
        "merge or replace: what an update does with stored phrases when its request does not say.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_VOCABULARY_UPDATE"
      })
  Vocabulary vocabularyUpdate;

  @Mixin CorsOption cors;

  @Option(
      names = "--no-ui",
      defaultValue = "${env:TRACKERD_NO_UI:-false}",
      // Without it the flag would turn the variable around.
      fallbackValue = "true",
      description = {
        "Serve no management page at /ui/.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_NO_UI"
      })
  boolean noUi;

  @Mixin AccessLogOption accessLog;

  /**
   * The choices, checked.
   *
   * @param environment where the secrets stand, which have no flags
   * @throws ParameterException if a value can't be
   */
  ServerConfig toConfig(Map<String, String> environment) {
    require(isPort(grpcPort), "--grpc-port", "0 to 65535");
    require(isPort(httpPort), "--http-port", "0 to 65535");
    require(maxConcurrentWritesPerAccount >= 0, "--max-concurrent-writes-per-account", "0 or more");
    require(maxTrackersPerAccount >= 0, "--max-trackers-per-account", "0 or more");
    require(maxEventTrackersPerAccount >= 0, "--max-event-trackers-per-account", "0 or more");
    require(cacheMb >= 0 && cacheMb <= maxCacheMb(), "--cache-mb", "0 to " + maxCacheMb());
    require(REGION.matcher(region).matches(), "--region", "a name such as us-east-1");
    return new ServerConfig(
        store.location(environment),
        bind,
        grpcPort,
        httpPort,
        cors.origins(),
        !noUi,
        new EventTrackerRules(maxEventTrackersPerAccount, eventTrackerDelay),
        (long) cacheMb << 20,
        services(),
        credentials(environment),
        store.masterKey(environment));
  }

  /** Half of the heap; the default always passes. */
  private static long maxCacheMb() {
    return Math.max(32, Runtime.getRuntime().maxMemory() >> 21);
  }

  private ServiceSettings services() {
    return new ServiceSettings(
        maxConcurrentWritesPerAccount,
        maxTrackersPerAccount,
        switch (vocabularyUpdate) {
          case merge -> VocabularyUpdate.MERGE;
          case replace -> VocabularyUpdate.REPLACE;
        },
        new EventTrackerSettings(region, maxEventTrackersPerAccount));
  }

  private List<NewApiKey> credentials(Map<String, String> environment) {
    try {
      return Credentials.parse(environment.getOrDefault("TRACKERD_CREDENTIALS", ""));
    } catch (ApiKeyException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }

  private void require(boolean holds, String flag, String expected) {
    if (!holds) {
      throw BadUsage.expected(command, flag, expected);
    }
  }

  private static boolean isPort(int port) {
    return port >= 0 && port <= 65535;
  }
}
