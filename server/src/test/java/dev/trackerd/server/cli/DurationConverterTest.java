package dev.trackerd.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class DurationConverterTest {
  private final DurationConverter converter = new DurationConverter();

  @ParameterizedTest
  @CsvSource({"0s,PT0S", "1500ms,PT1.5S", "2s,PT2S", "1m,PT1M", "999999999ms,PT277H46M39.999S"})
  void convert_takesCountAndUnit(String text, Duration expected) {
    assertThat(converter.convert(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "s", "-1s", "1.5s", "1h", "2 s", "PT2S", "1000000000s", "２s"})
  void convert_refusesOtherForms(String text) {
    assertThatThrownBy(() -> converter.convert(text)).hasMessageContaining("1500ms, 2s or 1m");
  }

  @Test
  void options_nameTheFlag() {
    CommandLine line = new CommandLine(new Options());
    assertThatThrownBy(() -> line.parseArgs("--event-tracker-delay", "soon"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--event-tracker-delay")
        .hasMessageContaining("1500ms, 2s or 1m");
  }

  @CommandLine.Command
  static final class Options {
    @CommandLine.Mixin ServeOptions serve = new ServeOptions();
  }
}
