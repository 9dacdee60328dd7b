package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.RunningServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** An HTTP client of one server. */
public final class RestClient {
  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;

  /** Takes the server's URL, without a slash at the end. */
  public RestClient(String url) {
    this.url = url;
  }

  /**
   * A request with those headers alone; {@code Content-Type: application/json} where there is a
   * body.
   *
   * @throws UncheckedIOException if the answer did not come, or not wholly
   */
  public Answer call(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gets an access token for an API key. */
  public String token(String id, String secret) {
    Answer answer =
        call(
            "POST",
            "/oauth2/token:generate",
            "{\"type\":\"application\",\"appId\":\"" + id + "\",\"appSecret\":\"" + secret + "\"}",
            "Accept",
            "application/json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getAsJsonObject().get("accessToken").getAsString();
  }
}
