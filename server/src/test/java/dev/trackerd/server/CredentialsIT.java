package dev.trackerd.server;

import static dev.trackerd.server.RestBadInputIT.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trackerd.server.RunningServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens over HTTP: how they are got, sent and refused. */
class CredentialsIT {
  private static final String GENERATE = "/oauth2/token:generate";
  private static final String TRACKERS = "/v1/manage/trackers";
  private static final String REFUSAL = "Token validation failed for provided token.";

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {GENERATE, "/oauth2/token%3Agenerate", GENERATE + "/"})
  void generate_returnsTheSameTokenAgain(String path) {
    String body =
        "{\"type\":\"application\",\"appId\":\"app1\",\"appSecret\":\"secret1\",\"AuthURI\":\"x\"}";
    Answer answer = server.call("POST", path, body, "Accept", "*/*");
    JsonObject reply = answer.json().getAsJsonObject();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(reply.keySet()).containsExactlyInAnyOrder("accessToken", "expiresIn");
    assertThat(reply.get("accessToken").getAsString()).isEqualTo(server.token());
    assertThat(reply.getAsJsonPrimitive("expiresIn").isNumber()).isTrue();
    assertThat(reply.get("expiresIn").getAsInt()).isBetween(86_000, 86_400);
  }

  @Test
  void generate_makesAJwtWithExpAndIat() {
    String payload = server.token().split("\\.")[1];
    JsonObject claims =
        JsonParser.parseString(
                new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
            .getAsJsonObject();

    assertThat(server.token().split("\\.")).hasSize(3);
    assertThat(claims.get("exp").getAsLong() - claims.get("iat").getAsLong()).isEqualTo(86_400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"appId\":\"app1\"}",
        "{\"appSecret\":\"secret1\"}",
        "{\"appId\":\"\",\"appSecret\":\"secret1\"}",
        "{\"appId\":1,\"appSecret\":\"secret1\"}",
        "{\"type\":\"password\",\"appId\":\"app1\",\"appSecret\":\"secret1\"}",
        "{\"appId\":\"app1\",\"appId\":\"app1\",\"appSecret\":\"secret1\"}",
        "{\"appId\":\"app1\"",
        "[]",
        "null",
        ""
      })
  void generate_refusesABadBody(String body) {
    assertRefused(server.call("POST", GENERATE, body, "Accept", "*/*"), 400, 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"appId\":\"app1\",\"appSecret\":\"secret2\"}",
        "{\"appId\":\"app1\",\"appSecret\":\"Secret1\"}",
        "{\"appId\":\"nobody\",\"appSecret\":\"secret1\"}",
        "{\"appId\":\"a\\u0000\",\"appSecret\":\"secret1\"}"
      })
  void generate_refusesAWrongPairWithOneText(String body) {
    Answer answer = server.call("POST", GENERATE, body, "Accept", "*/*");

    assertRefused(answer, 401, 16);
    assertThat(answer.message()).isEqualTo("No API key has that appId and appSecret.");
  }

  @Test
  void generate_refusesABodyOverSixteenKibibytes() {
    String body = "{\"appId\":\"app1\",\"appSecret\":\"secret1\",\"x\":\"%s\"}";
    int rest = 16_384 - body.length() + 2;

    assertThat(
            server
                .call("POST", GENERATE, body.formatted("x".repeat(rest)), "Accept", "*/*")
                .status())
        .isEqualTo(200);
    assertRefused(
        server.call("POST", GENERATE, body.formatted("x".repeat(rest + 1)), "Accept", "*/*"),
        413,
        8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER", "Bearer  "})
  void call_acceptsTheSchemeInAnyCase(String scheme) {
    assertThat(
            server
                .call("GET", TRACKERS, null, "Authorization", scheme + " " + server.token())
                .status())
        .isEqualTo(200);
  }

  @Test
  void call_acceptsTheDeprecatedHeaderAlone() {
    assertThat(server.call("GET", TRACKERS, null, "x-api-key", server.token()).status())
        .isEqualTo(200);
  }

  @Test
  void call_letsAuthorizationDecide() {
    assertThat(
            server
                .call(
                    "GET", TRACKERS, null, "Authorization", "Bearer x", "x-api-key", server.token())
                .status())
        .isEqualTo(401);
    assertThat(
            server
                .call(
                    "GET",
                    TRACKERS,
                    null,
                    "Authorization",
                    "Bearer " + server.token(),
                    "x-api-key",
                    "x")
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer", "Bearer x", "Basic YTpi", "x", "Bearer a.b.c", "Bearer a b", "Bearerx"})
  void call_isRefusedWithABadCredential(String authorization) {
    assertUnauthenticated(server.call("GET", TRACKERS, null, "Authorization", authorization));
  }

  @Test
  void call_isRefusedWithoutOrWithAnAlteredToken() {
    String token = server.token();
    String altered = token.substring(0, token.length() - 2) + (token.endsWith("AA") ? "BB" : "AA");

    assertUnauthenticated(server.call("GET", TRACKERS, null, "Accept", "*/*"));
    assertUnauthenticated(server.call("GET", TRACKERS, null, "Authorization", "Bearer " + altered));
    assertUnauthenticated(server.call("POST", "/v1/manage/tracker", "not json", "Accept", "*/*"));
  }

  private static void assertUnauthenticated(Answer answer) {
    assertRefused(answer, 401, 16);
    assertThat(answer.message()).isEqualTo(REFUSAL);
  }
}
