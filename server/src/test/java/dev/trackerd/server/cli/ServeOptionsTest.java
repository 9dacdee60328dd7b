package dev.trackerd.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.assembly.ServerConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ServeOptionsTest {
  /** Takes the flags of {@code trackerd serve}, and starts nothing. */
  @Command
  private static final class Flags {
    @Mixin ServeOptions options;
  }

  private static ServerConfig parse(String... flags) {
    return parse(Map.of(), flags);
  }

  private static ServerConfig parse(Map<String, String> environment, String... flags) {
    Flags command = new Flags();
    new CommandLine(command).parseArgs(flags);
    return command.options.toConfig(environment);
  }

  @Test
  void toString_tellsNoSecret() {
    ServerConfig config =
        parse(
            Map.of(
                "TRACKERD_STORE",
                "jdbc:postgresql://db/trackerd?user=canary&password=canary",
                "TRACKERD_MASTER_KEY",
                "canary",
                "TRACKERD_CREDENTIALS",
                "123456789012:canary:canary"));
    assertThat(config).hasToString("ServerConfig[db:5432/trackerd, 127.0.0.1]");
    assertThat(config.store()).hasToString("db:5432/trackerd");
  }

  @Test
  void cacheMb_isInMebibytes() {
    assertThat(parse().cacheBytes()).isEqualTo(32 << 20);
    assertThat(parse("--cache-mb", "5").cacheBytes()).isEqualTo(5 << 20);
    assertThat(parse("--cache-mb", "0").cacheBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2000000000"})
  void cacheMb_isAtMostHalfOfTheHeap(String megabytes) {
    long half = Math.max(32, Runtime.getRuntime().maxMemory() / 2 >> 20);
    assertThatThrownBy(() -> parse("--cache-mb", megabytes))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--cache-mb")
        .hasMessageContaining("0 to " + half);
  }
}
