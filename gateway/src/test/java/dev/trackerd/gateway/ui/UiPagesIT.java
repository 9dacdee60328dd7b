package dev.trackerd.gateway.ui;

import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.Gateway;
import dev.trackerd.gateway.GatewayConfig;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UiPagesIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static ManagedChannel channel;
  private static Gateway gateway;
  private static Gateway without;

  @BeforeAll
  static void start() throws IOException {
    channel = InProcessChannelBuilder.forName("nobody").build();
    gateway = Gateway.start(config(true), channel);
    without = Gateway.start(config(false), channel);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    without.close();
    channel.shutdownNow();
  }

  @Test
  void get_answersWithThePage() throws Exception {
    HttpResponse<byte[]> page = get("/ui/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(new String(page.body(), UTF_8)).startsWith("<!doctype html>");
    assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "cache-control")).isEqualTo("no-cache");
    assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(header(page, "referrer-policy")).isEqualTo("no-referrer");
    assertThat(header(page, "content-security-policy")).contains("frame-ancestors 'none'");
  }

  @Test
  void get_compressesForWhoTakesThat() throws Exception {
    HttpResponse<byte[]> page = get("/ui/", "accept-encoding", "gzip");
    assertThat(header(page, "content-encoding")).isEqualTo("gzip");
    assertThat(header(page, "vary")).isEqualTo("Accept-Encoding");
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(page.body()))) {
      assertThat(unzipped.readAllBytes()).isEqualTo(get("/ui/").body());
    }
  }

  @Test
  void get_isShortWhenThePageIsKnown() throws Exception {
    String tag = header(get("/ui/"), "etag");
    HttpResponse<byte[]> again = get("/ui/", "if-none-match", "\"other\", " + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "etag")).isEqualTo(tag);
    assertThat(get("/ui/", "if-none-match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void get_leadsBrowsersToThePage() throws Exception {
    HttpResponse<byte[]> visit = get("/", "accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(visit.statusCode()).isEqualTo(302);
    assertThat(header(visit, "location")).isEqualTo("ui/");
    assertThat(header(visit, "vary")).isEqualToIgnoringCase("Accept");
    assertThat(get("/").statusCode()).isEqualTo(302);
    assertThat(get("/", "accept", "*/*").statusCode()).isEqualTo(302);
    assertThat(get("/ui").statusCode()).isEqualTo(302);
    assertThat(get("/", "accept", "application/json").statusCode()).isEqualTo(404);
  }

  @Test
  void get_findsNoOtherFiles() throws Exception {
    for (String path :
        List.of("/ui/app.js", "/ui/../pom.xml", "/ui/%2e%2e/logback.xml", "/ui/index.html")) {
      HttpResponse<byte[]> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(header(answer, "cache-control")).as(path).isEqualTo("no-store");
    }
  }

  @Test
  void post_isRefused() throws Exception {
    HttpResponse<byte[]> answer =
        CLIENT.send(
            request(gateway, "/ui/").POST(HttpRequest.BodyPublishers.noBody()).build(),
            ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void head_answersWithoutBody() throws Exception {
    HttpRequest head =
        request(gateway, "/ui/").method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<byte[]> answer = CLIENT.send(head, ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-length")).isEqualTo("" + get("/ui/").body().length);
  }

  @Test
  void get_findsNothingWhenTurnedOff() throws Exception {
    for (String path : List.of("/", "/ui", "/ui/")) {
      HttpRequest visit = request(without, path).header("accept", "text/html").build();
      assertThat(CLIENT.send(visit, ofByteArray()).statusCode()).as(path).isEqualTo(404);
    }
  }

  private static GatewayConfig config(boolean ui) {
    return new GatewayConfig("127.0.0.1", 0, Set.of(), ui, List.of());
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(gateway, path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), ofByteArray());
  }

  private static HttpRequest.Builder request(Gateway to, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.httpPort() + path));
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }
}
