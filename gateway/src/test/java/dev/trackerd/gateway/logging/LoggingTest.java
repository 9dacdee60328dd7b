package dev.trackerd.gateway.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The log settings that the program ships with, in a logging context of their own. */
final class LoggingTest {

  /** What the settings make of some events. */
  private static List<String> lines(String format, Consumer<LoggerContext> events) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.start();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Logging.configure(context, LogFormat.parse(format), Level.INFO, bytes);
    try {
      events.accept(context);
    } finally {
      context.stop();
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
    assertThat(lines("text", LoggingTest::call))
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

  @Test
  void jsonLines_areFlat_withNumbersAsNumbers() throws Exception {
    String line = lines("json", LoggingTest::call).get(0);
    assertThat(line.substring(1)).doesNotContain("{", "[").contains("\"millis\":3}");
  }

  @Test
  void values_forgeNoOtherPair() {
    List<String> lines =
        lines(
            "text",
            context ->
                context
                    .getLogger("access")
                    .atInfo()
                    .addKeyValue("name", "a\" status=\"OK\\")
                    .addKeyValue("next", "b\n2026 \u001b[31m\u2028c")
                    .log("call"));
    assertThat(lines)
        .singleElement()
        .asString()
        .endsWith("call name=\"a\\\" status=\\\"OK\\\\\" next=\"b 2026  [31m c\"");
  }

  @Test
  void stacks_areIndented() {
    Exception failure = new IllegalStateException("a\r\n2026 forged", new IOException("b\n2027"));
    List<String> lines =
        lines("text", context -> context.getLogger("dev.trackerd.X").error("broken", failure));
    assertThat(lines.get(1)).isEqualTo("java.lang.IllegalStateException: a");
    assertThat(lines).contains("\t2026 forged", "\tCaused by: java.io.IOException: b", "\t2027");
    assertThat(lines.subList(2, lines.size())).allMatch(line -> line.startsWith("\t"));
  }

  @Test
  void settings_thatCantBe_areRefusedByName() {
    assertThatThrownBy(() -> Logging.start(Map.of("TRACKERD_LOG_FORMAT", "xml")))
        .hasMessage("TRACKERD_LOG_FORMAT: expected: text or json");
    assertThatThrownBy(() -> Logging.start(Map.of("TRACKERD_LOG_LEVEL", "loud")))
        .hasMessage("TRACKERD_LOG_LEVEL: expected: trace, debug, info, warn, error or off");
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
    for (String format : List.of("text", "json")) {
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
            "text",
            context -> {
              context.getLogger("io.grpc.internal.X").info("chatter");
              context.getLogger("dev.trackerd.X").debug("detail");
              context.getLogger("io.grpc.internal.X").warn("trouble");
            });
    assertThat(lines).singleElement().asString().endsWith("WARN  X: trouble");
  }

  @Test
  void faultsOfPeers_areNotLogged() {
    assertThat(
            lines(
                "text",
                context -> {
                  ch.qos.logback.classic.Logger grpc =
                      context.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");
                  grpc.warn("Exception in onHeadersRead()", new IndexOutOfBoundsException("0"));
                  grpc.warn("Exception in onHeadersRead()", new NumberFormatException("z"));
                  context
                      .getLogger("io.vertx.core.net.impl.ConnectionBase")
                      .error("First received frame was not SETTINGS.");
                }))
        .isEmpty();
  }

  @Test
  void faultsOfOurOwn_areLogged() {
    assertThat(
            lines(
                "text",
                context -> {
                  ch.qos.logback.classic.Logger grpc =
                      context.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");
                  grpc.warn("Exception in onHeadersRead()", new IllegalStateException("ours"));
                  context
                      .getLogger("io.vertx.core.net.impl.ConnectionBase")
                      .error("unexpected", new IllegalStateException("ours too"));
                }))
        .anyMatch(line -> line.endsWith("IllegalStateException: ours"))
        .anyMatch(line -> line.endsWith("IllegalStateException: ours too"));
  }
}
