package dev.trackerd.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The log settings that the program ships with, in a logging context of their own. */
final class LoggingTest {

  /** What the settings make of some events, on standard error. */
  private static List<String> lines(String format, Consumer<LoggerContext> events)
      throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.start();
    context.putProperty("TRACKERD_LOG_FORMAT", format);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, UTF_8));
    try {
      configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
      events.accept(context);
    } finally {
      context.stop();
      System.setErr(before);
    }
    return bytes.toString(UTF_8).lines().toList();
  }

  private static void call(LoggerContext context) {
    context
        .getLogger("access")
        .atInfo()
        .addKeyValue("method", "Get")
        .addKeyValue("millis", 3)
        .log("a \"call\"\r\n2026 forged");
  }

  @Test
  void lines_areForPeopleByDefault() throws Exception {
    assertThat(lines("", LoggingTest::call))
        .singleElement()
        .asString()
        .matches(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  access: "
                + "a \"call\" 2026 forged method=\"Get\" millis=\"3\"");
  }

  @Test
  void lines_areJsonOnRequest() throws Exception {
    List<String> lines = lines("json", LoggingTest::call);
    assertThat(lines).hasSize(1);
    assertThat(values(lines.get(0)))
        .containsEntry("level", "INFO")
        .containsEntry("loggerName", "access")
        .containsEntry("formattedMessage", "a \"call\"\r\n2026 forged")
        .containsEntry("method", "Get")
        .containsEntry("millis", "3")
        .containsKey("timestamp");
  }

  /** All values by their own name, however deep they stand. */
  private static Map<String, String> values(String json) throws IOException {
    Map<String, String> values = new TreeMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue() && parser.currentName() != null) {
          values.put(parser.currentName(), parser.getText());
        }
      }
    }
    return values;
  }

  @Test
  void lines_holdTheStackOfAnException() throws Exception {
    for (String format : List.of("", "json")) {
      List<String> lines =
          lines(
              format,
              context ->
                  context
                      .getLogger("dev.trackerd.X")
                      .error("broken", new IllegalStateException("why")));
      assertThat(String.join("\n", lines)).contains("broken", "IllegalStateException", "why");
    }
  }

  @Test
  void lines_leaveOutTheChatterOfLibraries() throws Exception {
    List<String> lines =
        lines(
            "",
            context -> {
              context.getLogger("io.grpc.internal.X").info("chatter");
              context.getLogger("dev.trackerd.X").debug("detail");
              context.getLogger("io.grpc.internal.X").warn("trouble");
            });
    assertThat(lines).singleElement().asString().endsWith("WARN  X: trouble ");
  }
}
