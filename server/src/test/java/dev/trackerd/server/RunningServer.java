package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.trackerd.server.assembly.ServerConfig;
import dev.trackerd.server.assembly.StartException;
import dev.trackerd.server.assembly.TrackerServer;
import dev.trackerd.server.auth.Credentials;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.event.EventTrackerSettings;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.tracker.ServiceSettings;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The whole program on free ports, with two accounts, and an HTTP client for it. */
public final class RunningServer implements AutoCloseable {
  static final String ACCOUNT = "123456789012";
  private static final String KEYS = ACCOUNT + ":app1:secret1,210987654321:app2:secret2";

  private static final long CACHE_BYTES = 8 << 20;

  final TrackerServer server;
  private final RestClient client;
  private final String ours;
  private final String theirs;

  private RunningServer(TrackerServer server) {
    this.server = server;
    this.client = new RestClient(server.httpUrl());
    this.ours = client.token("app1", "secret1");
    this.theirs = client.token("app2", "secret2");
  }

  static RunningServer start(Path directory) {
    return start(directory, settings(0, VocabularyUpdate.MERGE));
  }

  /** Settings with one write at a time. */
  static ServiceSettings settings(int maxTrackers, VocabularyUpdate update) {
    return new ServiceSettings(1, maxTrackers, update, new EventTrackerSettings("us-east-1", 0));
  }

  /** Settings with one write at a time, and with event trackers. */
  static ServiceSettings settings(EventTrackerRules rules) {
    EventTrackerSettings told = new EventTrackerSettings("us-east-1", rules.maxPerAccount());
    return new ServiceSettings(1, 0, VocabularyUpdate.MERGE, told);
  }

  static RunningServer start(Path directory, ServiceSettings settings) {
    return start(directory, settings, EventTrackerRules.NONE);
  }

  static RunningServer start(Path directory, ServiceSettings settings, EventTrackerRules rules) {
    try {
      return new RunningServer(
          TrackerServer.start(
              new ServerConfig(
                  TestStore.in(directory),
                  "127.0.0.1",
                  0,
                  0,
                  Set.of("https://app.example"),
                  true,
                  rules,
                  CACHE_BYTES,
                  settings,
                  Credentials.parse(KEYS),
                  () -> MasterKey.open(directory))));
    } catch (StartException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  public record Answer(int status, HttpResponse<String> response) {
    public String body() {
      return response.body();
    }

    public JsonElement json() {
      return JsonParser.parseString(body());
    }

    public String message() {
      return json().getAsJsonObject().get("message").getAsString();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /** The id of the tracker in the body. */
    public String trackerId() {
      return json().getAsJsonObject().getAsJsonObject("tracker").get("id").getAsString();
    }
  }

  /** A request of the first account. */
  Answer call(String method, String path) {
    return call(method, path, null);
  }

  /** A request of the first account with a JSON body. */
  Answer call(String method, String path, String body) {
    return call(method, path, body, "Authorization", "Bearer " + ours);
  }

  /** A request of the second account with a JSON body, or none. */
  Answer callAsOther(String method, String path, String body) {
    return call(method, path, body, "Authorization", "Bearer " + theirs);
  }

  /**
   * A request with those headers alone; {@code Content-Type: application/json} where there is a
   * body.
   */
  Answer call(String method, String path, String body, String... headers) {
    return client.call(method, path, body, headers);
  }

  /** Makes a tracker of the first account and returns its id. */
  String create(String name, String... phrases) {
    Answer answer = call("POST", "/v1/manage/tracker", trackerJson(name, phrases));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.trackerId();
  }

  public static String trackerJson(String name, String... phrases) {
    return "{\"name\":" + quote(name) + ",\"vocabulary\":" + list(phrases) + "}";
  }

  static String list(String... phrases) {
    return List.of(phrases).stream().map(RunningServer::quote).toList().toString();
  }

  /** Nothing is stored for either account. */
  void assertEmpty() {
    JsonElement none = JsonParser.parseString("{\"trackers\":[]}");
    assertThat(call("GET", "/v1/manage/trackers").json()).isEqualTo(none);
    assertThat(callAsOther("GET", "/v1/manage/trackers", null).json()).isEqualTo(none);
  }

  String token() {
    return ours;
  }

  String otherToken() {
    return theirs;
  }

  int httpPort() {
    return URI.create(server.httpUrl()).getPort();
  }

  private static String quote(String text) {
    return new com.google.gson.JsonPrimitive(text).toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
