package dev.trackerd.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.trackerd.server.RestClient;
import dev.trackerd.server.RunningServer;
import dev.trackerd.server.RunningServer.Answer;

/** One account's caller of a server or a gateway, with its token. Thread-safe. */
record ClusterCaller(RestClient rest, String token) {

  /** The same account's caller of another one. */
  ClusterCaller at(RestClient other) {
    return new ClusterCaller(other, token);
  }

  Answer call(String method, String path, String body) {
    return rest.call(method, path, body, "Authorization", "Bearer " + token);
  }

  Answer get(String path) {
    return call("GET", path, null);
  }

  /** Asks for a new tracker of a name. */
  Answer create(String name) {
    return call("POST", "/v1/manage/tracker", RunningServer.trackerJson(name, "a phrase"));
  }

  /** Makes a tracker, and returns its id. */
  String created(String name) {
    Answer answer = create(name);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.trackerId();
  }

  Answer replace(String id, String name, String... phrases) {
    return call("PUT", "/v1/manage/tracker/" + id, RunningServer.trackerJson(name, phrases));
  }

  /** The members of an answer that has to be 200. */
  JsonObject members(String method, String path, String body) {
    Answer answer = call(method, path, body);
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isEqualTo(200);
    return answer.json().getAsJsonObject();
  }
}
