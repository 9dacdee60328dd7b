package dev.trackerd.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class CorsOptionTest {

  /** Any program that has the flag. */
  @Command(name = "program")
  static final class Program implements Runnable {
    @Mixin CorsOption cors;

    @Override
    public void run() {}
  }

  private final Program program = new Program();
  private final CommandLine command = new CommandLine(program);

  @ParameterizedTest
  @CsvSource({
    "https://app.example, https://app.example",
    "HTTPS://App.Example, https://app.example",
    "https://app.example:443, https://app.example",
    "http://app.example:80, http://app.example",
    "http://app.example:443, http://app.example:443",
    "http://localhost:03000, http://localhost:3000",
    "http://my_app.local, http://my_app.local",
    "http://[::1]:5173, http://[::1]:5173",
    "capacitor://localhost, capacitor://localhost",
  })
  void origin_isAsBrowsersSendIt(String given, String sent) {
    command.parseArgs("--cors-origin", given);
    assertThat(program.cors.origins()).containsExactly(sent);
  }

  @Test
  void origins_areAllTaken() {
    command.parseArgs("--cors-origin", "https://a.example, https://b.example", "--cors-origin=");
    assertThat(program.cors.origins())
        .containsExactlyInAnyOrder("https://a.example", "https://b.example");
    command.parseArgs();
    assertThat(program.cors.origins()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "app.example",
        "//app.example",
        "https://",
        "https://*.example",
        "https://app.example/",
        "https://app.example/page",
        "https://app.example?x",
        "https://me@app.example",
        "https://app.example:",
        "https://app.example:65536",
        "https://app.example https://b.example",
      })
  void origin_thatNoPageHas_isRefused(String given) {
    assertThatThrownBy(() -> command.parseArgs("--cors-origin", given))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("'" + given + "' (expected: one origin, such as https://app.example");
  }
}
