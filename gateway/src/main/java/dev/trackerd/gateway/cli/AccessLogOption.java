package dev.trackerd.gateway.cli;

import dev.trackerd.gateway.logging.Logging;
import picocli.CommandLine.Option;

/** The flag {@code --access-log}, which both programs have. */
public final class AccessLogOption {

  private enum Switch {
    off,
    on
  }

  @Option(
      names = "--access-log",
      paramLabel = "on|off",
      defaultValue = "${env:TRACKERD_ACCESS_LOG:-on}",
      description = {
        "Whether each answer has a line in the log.",
        "Default: ${DEFAULT-VALUE}; variable: TRACKERD_ACCESS_LOG"
      })
  private Switch accessLog;

  /** Does as the flag says. */
  public void apply() {
    Logging.access(accessLog == Switch.on);
  }
}
