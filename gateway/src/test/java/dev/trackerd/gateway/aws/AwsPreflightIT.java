package dev.trackerd.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.Gateway;
import dev.trackerd.gateway.GatewayConfig;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser asks before an SDK in it may call an operation. */
final class AwsPreflightIT {

  private static final String ORIGIN = "https://app.example";
  private static final String HEADERS =
      "amz-sdk-invocation-id,amz-sdk-request,authorization,content-type,idempotency-key,"
          + "x-amz-content-sha256,x-amz-date,x-amz-security-token,x-amz-target,x-amz-user-agent";

  private final HttpClient client = HttpClient.newHttpClient();
  private ManagedChannel channel;

  @BeforeEach
  void open() {
    channel = InProcessChannelBuilder.forName("nobody").build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void preflight_allowsWhatTheSdksSend(boolean ui) throws Exception {
    HttpResponse<String> answer = preflight(ui, ORIGIN);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly(ORIGIN);
    assertThat(answer.headers().firstValue("access-control-allow-methods").orElseThrow())
        .contains("POST");
    String allowed = answer.headers().firstValue("access-control-allow-headers").orElseThrow();
    assertThat(List.of(allowed.split(","))).containsExactlyInAnyOrder(HEADERS.split(","));
    assertThat(answer.headers().allValues("access-control-max-age")).containsExactly("7200");
    assertThat(answer.headers().allValues("access-control-expose-headers")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null"})
  void preflight_allowsNothingToOthers(String origin) throws Exception {
    HttpResponse<String> answer = preflight(true, origin);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-"));
  }

  private HttpResponse<String> preflight(boolean ui, String origin) throws Exception {
    GatewayConfig config = new GatewayConfig("127.0.0.1", 0, Set.of(ORIGIN), ui, List.of());
    try (Gateway gateway = Gateway.start(config, channel)) {
      URI root = URI.create("http://127.0.0.1:" + gateway.httpPort() + "/");
      HttpRequest request =
          HttpRequest.newBuilder(root)
              .method("OPTIONS", BodyPublishers.noBody())
              .headers("Origin", origin, "Access-Control-Request-Method", "POST")
              .header("Access-Control-Request-Headers", HEADERS)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
